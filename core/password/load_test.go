package password

import "testing"

func TestLanesAndMemoryCountAsSlots(t *testing.T) {
	rows := []struct {
		name, encoded string
		want          int
	}{
		{"our own", "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc", 1},
		{"64 MiB", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc", 1},
		{"more than 64 MiB", "$argon2id$v=19$m=65537,t=2,p=1$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc", 2},
		{"256 MiB", "$argon2id$v=19$m=262144,t=2,p=1$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc", 4},
		{"eight lanes of Django", "argon2$argon2id$v=19$m=102400,t=2,p=8$Y041dExhNkljRUUy$TMa6A8fPJhCAUXRhJXCXdw", 8},
		{"argon2i of three lanes", "argon2$argon2i$v=19$m=24,t=1,p=3$c2FsdHNhbHQ$YC9+jJCrQhs5R6db7LlN8Q", 3},
		{"scrypt of 16 MiB", "$scrypt$ln=14,r=8,p=2$c2VhIHNhbHQgb2YgbWluZQ$/7gY8qTJAwRjmgoPKozug4fOGZkS7XoraeB8EZrNXgM", 1},
		{"scrypt of 128 MiB", "$scrypt$ln=17,r=8,p=1$c2VhIHNhbHQgb2YgbWluZQ$/7gY8qTJAwRjmgoPKozug4fOGZkS7XoraeB8EZrNXgM", 3},
		{"bcrypt", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", 1},
		{"pbkdf2", "pbkdf2_sha1$1000$salt$1Imkj7jMIO+wDhyEff8jSpoLVgE=", 1},
		{"stormpath2", "$stormpath2$SHA-1$2$c2FsdHk=$2w8pkJZ0ZSHPb5p2FlWEqEwGaLY=", 1},
	}
	for _, r := range rows {
		s, err := parse(r.encoded, Caps{}.orDefault())
		if err != nil {
			t.Errorf("%s: %v", r.name, err)
			continue
		}
		if got := s.load().slots(); got != r.want {
			t.Errorf("%s: %d slots, want %d", r.name, got, r.want)
		}
	}
}
