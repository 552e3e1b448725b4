package ui

import (
	"testing"
	"time"

	"golync/internal/app"
	"golync/sipclient/pidf"
)

func TestTaggedContactsAreAnnouncedInLyncsWords(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.happens(is(dana, pidf.ActivityAway, "", time.Now()))
		x.rightClick("Dana")
		x.click("Tag for Status Change Alerts")
		if saved := did[app.SaveContact](x); len(saved) != 1 || !saved[0].Contact.Tagged {
			t.Errorf("saved %v", saved)
		}
		x.happens(is(dana, pidf.ActivityNone, "", time.Now()), is(eve, pidf.ActivityNone, "", time.Now()))
		x.sees("Dana is now Available.")
		x.seesNot("Eve is now")
		x.passes(toastStays)
		x.rightClick("Dana")
		x.sees("✓ Tag for Status Change Alerts")
		x.click("Tag for Status Change Alerts")
		x.happens(is(dana, pidf.ActivityAway, "", time.Now()), is(dana, pidf.ActivityNone, "", time.Now()))
		x.seesNot("Dana is now")
	})
}

func TestAStatusChangeLeadsToTheConversation(t *testing.T) {
	inWindow(t, 120, 40, world, func(x *face) {
		x.happens(is(dana, pidf.ActivityAway, "", time.Now()))
		x.state.Tag(time.Now(), dana)
		x.happens(is(dana, pidf.ActivityNone, "", time.Now()))
		x.click("Dana is now Available.")
		x.sees("Write to Dana")
	})
}
