package option

import "testing"

func TestDefaultIsWithinItsLimits(t *testing.T) {
	if d := Default(); d.Clean() != d {
		t.Errorf("cleaning changes the defaults: %+v", d.Clean())
	}
}

func TestCleanPutsEverythingInsideItsLimits(t *testing.T) {
	wild := Default()
	wild.General = General{Theme: 200, Signs: 200}
	wild.List.DoubleClick, wild.Toasts.Corner = 200, 200
	wild.Status = Status{InactiveAfter: -1, AwayAfter: 100_000}
	wild.Files.KeepDays = -7
	wild.Calls = Calls{Forward: 200, RingSeconds: 100_000}

	tame := Default()
	tame.Status = Status{InactiveAfter: IdleLeast, AwayAfter: IdleMost}
	tame.Calls.RingSeconds = RingMost
	if got := wild.Clean(); got != tame {
		t.Errorf("got %+v, want %+v", got, tame)
	}
}

func TestCleanKeepsEveryChoiceThereIs(t *testing.T) {
	for theme := ThemeAutomatic; theme <= ThemePlain; theme++ {
		for signs := SignsAutomatic; signs <= SignsASCII; signs++ {
			for corner := TopRight; corner <= BottomLeft; corner++ {
				s := Default()
				s.General.Theme, s.General.Signs, s.Toasts.Corner = theme, signs, corner
				s.Files.KeepDays = KeepMost
				s.Calls = Calls{Forward: ForwardUnanswered, ForwardTo: "eve@contoso.com", RingSeconds: RingLeast}
				s.Audio, s.Video = Audio{Source: AudioNone, Sink: "headset"}, Video{Camera: "/dev/video0"}
				if s.Clean() != s {
					t.Errorf("changed %+v into %+v", s, s.Clean())
				}
			}
		}
	}
}
