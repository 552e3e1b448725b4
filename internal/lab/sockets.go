package lab

import (
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// listen opens every socket that the configuration asks for, and serves once all are open: devices that come
// back after a restart find the whole server.
func (l *Lab) listen() error {
	l.reached = reach(l.cfg)
	ca, cert, err := certificates(l.disk.dir, l.reached.certified(l.domains), l.now())
	if err != nil {
		return err
	}
	l.ca = ca
	secure := &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}
	var serve []func()
	for transport, addr := range map[string]string{"TLS": l.cfg.TLS, "TCP": l.cfg.TCP, "UDP": l.cfg.UDP, "XCAP": l.cfg.XCAP} {
		if addr == "-" {
			continue
		}
		if addr == "" {
			addr = "127.0.0.1:0"
		}
		if transport == "UDP" {
			pc, err := net.ListenPacket("udp", addr)
			if err != nil {
				return fmt.Errorf("lab: %w", err)
			}
			l.addrs[transport] = pc.LocalAddr().String()
			l.closers = append(l.closers, func() { _ = pc.Close() })
			serve = append(serve, func() { l.readPackets(pc) })
			continue
		}
		ln, err := l.cfg.Listen("tcp", addr)
		if err != nil {
			return fmt.Errorf("lab: %w", err)
		}
		l.addrs[transport] = ln.Addr().String()
		if transport == "XCAP" {
			serve = append(serve, l.xcapServer(ln))
			continue
		}
		l.closers = append(l.closers, func() { _ = ln.Close() })
		serve = append(serve, func() { l.accept(ln, transport, secure) })
	}
	for _, f := range serve {
		l.running.Go(f)
	}
	return nil
}

// xcapServer makes what answers XCAP requests until the lab closes.
func (l *Lab) xcapServer(ln net.Listener) func() {
	srv := &http.Server{
		Handler: l.xcapHandler(), ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(l.log.Handler(), slog.LevelDebug),
	}
	l.closers = append(l.closers, func() { _, _ = srv.Close(), ln.Close() })
	return func() { _ = srv.Serve(ln) } // always an error: it ends by Close
}

// accept takes connections until the listener is closed.
func (l *Lab) accept(ln net.Listener, transport string, secure *tls.Config) {
	for {
		c, err := ln.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // out of file descriptors, most likely: others may give some back
			time.Sleep(50 * time.Millisecond)
			continue
		}
		if transport == "TLS" {
			c = tls.Server(c, secure)
		}
		l.running.Go(func() { l.Serve(c, transport) })
	}
}

// readPackets sorts datagrams by where they come from until the socket is closed.
func (l *Lab) readPackets(pc net.PacketConn) {
	buf := make([]byte, 64<<10)
	for {
		n, from, err := pc.ReadFrom(buf)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue // an ICMP error of an earlier datagram
		}
		if d := l.sender(pc, from); d != nil {
			d.put(buf[:n])
		}
	}
}

// sender returns what reads the datagrams of an address, nil when there are too many addresses.
func (l *Lab) sender(pc net.PacketConn, from net.Addr) *datagrams {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := l.remote[from.String()]
	if k == nil {
		if l.closed || len(l.links) >= linkLimit {
			return nil
		}
		d := newDatagrams(pc, from)
		k = newLink(d, "UDP")
		k.local = towards(pc, from)
		k.in = d
		l.remote[k.remote], l.links[k] = k, struct{}{}
		l.running.Go(func() { l.serveDatagrams(d, k) })
	}
	k.seen = l.now()
	l.sweepBy(k.seen.Add(quietLink))
	return k.in
}
