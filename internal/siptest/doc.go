// Package siptest is the other side of a SIP connection in tests: a scripted server that expects requests,
// answers them and sends its own, byte for byte if need be. It runs over an in-memory network, also inside
// a testing/synctest bubble where its waits take no time, and over loopback TCP.
//
// It shares no code with what it tests: messages are read and written here by a few plain lines, so that a
// mistake of the SIP stack under the client is not repeated on the server's side. It decides nothing by
// itself and knows no transactions: a test says what is answered.
//
//	network := siptest.NewNet()
//	server := siptest.Listen(t, network, "192.0.2.1:5060")
//	... start the client with Dial: network.Dial ...
//	peer := server.Accept()
//	peer.Register(siptest.Account{User: "alice", Password: "secret", Realm: "contoso.com"})
//	subscribe := peer.Expect("SUBSCRIBE")
//	peer.Reply(subscribe, 200, "Expires: 600")
//	peer.Notify(subscribe, "active;expires=600", "application/pidf+xml", document)
package siptest
