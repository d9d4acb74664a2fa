package password

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// vector is a hash that some other implementation wrote.
type vector struct {
	name, format, encoded, password string
}

// Sources: stormpath-v1.md section 27 (rows "sdk"), Django's
// tests/auth_tests/test_hashers.py ("django"), wrapper.c of crypt_blowfish
// ("crypt_blowfish"), test.c of the argon2 reference ("reference"), and Python's
// hashlib or libcrypt for the rest.
func vectors() []vector {
	return []vector{
		{"sdk md5", "stormpath2", "$stormpath2$MD5$1$OWI3OTQwYjEwODEwOTdkNTcwZDY5NjQ2ZDNlNmZjNzM=$ULWTW74NXPyLYj3VfYHWrg==", "123456"},
		{"sdk md5, another", "stormpath2", "$stormpath2$MD5$1$OGYyMmM5YzVlMDEwODEwZTg3MzM4ZTA2YjljZjMxYmE=$EuFAr2NTM83PrizVAYuOvw==", "qwerty"},
		{"sdk sha-512", "stormpath2", "$stormpath2$SHA-512$1$ZFhBRmpFSnEwVEx2ekhKS0JTMDJBNTNmcg==$Q+sGFg9e+pe9QsUdfnbJUMDtrQNf27ezTnnGllBVkQpMRc9bqH6WkyE3y0svD/7cBk8uJW9Wb3dolWwDtDLFjg==", "testing12"},
		{"stormpath2 sha-1", "stormpath2", "$stormpath2$SHA-1$2$c2FsdHk=$2w8pkJZ0ZSHPb5p2FlWEqEwGaLY=", "pässword"},
		{"stormpath2 sha-256 without salt", "stormpath2", "$stormpath2$SHA-256$1000$$LtJ+srZ+xvV71bCsC6lbmqnyMkDaTFA1htTrX+lqpyM=", "pässword"},
		{"stormpath2 sha-384", "stormpath2", "$stormpath2$SHA-384$3$AP8Q$AHU5s3q091WNNASrqCiql5H9CnjY2OP/Iomv7i31HVL4Dvx/92N6+ja8W1nY+rrj", "pässword"},
		{"stormpath2 md5 without salt", "stormpath2", "$stormpath2$MD5$7$$oz7WCDgxbRZvzfHi8HylnQ==", "pässword"},
		{"crypt_blowfish", "bcrypt", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U"},
		{"crypt_blowfish, empty password", "bcrypt", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy", ""},
		{"crypt_blowfish, over 72 bytes", "bcrypt", "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored"},
		{"crypt_blowfish, 8-bit", "bcrypt", "$2y$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e", "\xff\xff\xa3"},
		{"libcrypt", "bcrypt", "$2b$05$abcdefghijklmnopqrstuuhKF09ZYWwH2zP/0fwE1X8e/Q1YNx/hO", "x"},
		{"2x, plain ASCII", "bcrypt", "$2x$05$abcdefghijklmnopqrstuuhKF09ZYWwH2zP/0fwE1X8e/Q1YNx/hO", "x"},
		{"django bcrypt", "django bcrypt", "bcrypt$$2b$05$abcdefghijklmnopqrstuuhKF09ZYWwH2zP/0fwE1X8e/Q1YNx/hO", "x"},
		{"django bcrypt_sha256", "django bcrypt_sha256", "bcrypt_sha256$$2b$04$abcdefghijklmnopqrstuulyx/yrfLnuLCi6gwFG5mrkJjuQKpL6S", "lètmein"},
		{"django pbkdf2_sha256", "django pbkdf2_sha256", "pbkdf2_sha256$390000$seasalt$8xBlGd3jVgvJ+92hWPxi5ww0uuAuAnKgC45eudxro7c=", "lètmein"},
		{"django pbkdf2_sha1", "django pbkdf2_sha1", "pbkdf2_sha1$390000$seasalt$OPAkdjM5tm2s2uG9D0hWz+/Zef0=", "lètmein"},
		{"pbkdf2_sha256", "django pbkdf2_sha256", "pbkdf2_sha256$1000$salt$rs96FmOyNUg3Gy2NJydDTZnhjENOrJOcqeTzVD0qDf0=", "p"},
		{"pbkdf2_sha1", "django pbkdf2_sha1", "pbkdf2_sha1$1000$salt$1Imkj7jMIO+wDhyEff8jSpoLVgE=", "p"},
		{"django scrypt", "django scrypt", "scrypt$16384$seasalt$8$1$Qj3+9PPyRjSJIebHnG81TMjsqtaIGxNQG/aEB/NYafTJ7tibgfYz71m0ldQESkXFRkdVCBhhY8mx7rQwite/Pw==", "lètmein"},
		{"scrypt", "scrypt", "$scrypt$ln=10,r=8,p=2$c2VhIHNhbHQgb2YgbWluZQ$/7gY8qTJAwRjmgoPKozug4fOGZkS7XoraeB8EZrNXgM", "lètmein"},
		{"reference", "argon2id", "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc", "password"},
		{"django md5", "django md5", "md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3", "lètmein"},
		{"django sha1", "django sha1", "sha1$seasalt$cff36ea83f5706ce9aa7454e63e431fc726b2dc8", "lètmein"},
		{"django md5 without salt", "django md5", "md5$$88a434c88cca4e900f7874cd98123f43", "lètmein"},
		{"django md5 without mark", "django md5", "88a434c88cca4e900f7874cd98123f43", "lètmein"},
		{"django sha1 without salt", "django sha1", "sha1$$6d138ca3ae545631b3abd71a4f076ce759c5700b", "lètmein"},
		{"django argon2i", "django argon2", "argon2$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$YC9+jJCrQhs5R6db7LlN8Q", "secret"},
		{"django argon2id", "django argon2", "argon2$argon2id$v=19$m=102400,t=2,p=8$Y041dExhNkljRUUy$TMa6A8fPJhCAUXRhJXCXdw", "secret"},
	}
}

func TestHashesOfOthersAreVerifiedAndReplaced(t *testing.T) {
	var h Hasher
	ctx := context.Background()
	for _, v := range vectors() {
		if format, err := h.Recognised(v.encoded); err != nil || format != v.format {
			t.Errorf("%s: recognised as %q, %v", v.name, format, err)
		}
		if got, err := h.Verify(ctx, v.encoded, v.password); err != nil || got != (Result{OK: true, Rehash: true}) {
			t.Errorf("%s: %+v, %v", v.name, got, err)
		}
		if got, err := h.Verify(ctx, v.encoded, "\x01"+v.password); err != nil || got != (Result{}) {
			t.Errorf("%s, wrong password: %+v, %v", v.name, got, err)
		}
	}
}

func TestWhatCannotBeVerifiedIsRefusedByName(t *testing.T) {
	bcrypt53 := strings.Repeat("a", 53)
	rows := []struct {
		name, encoded string
		want          error
	}{
		{"stormpath1", "$stormpath1$abcdef$ghij", ErrUnsupported},
		{"argon2d", "$argon2d$v=19$m=8,t=1,p=1$c29tZXNhbHQ$YC9+jJCrQhs5R6db7LlN8Q", ErrUnsupported},
		{"argon2 1.0 without a version", "argon2$argon2i$m=8,t=1,p=1$c29tZXNhbHQ$gwQOXSNhxiOxPOA0", ErrUnsupported},
		{"argon2 1.0", "$argon2id$v=16$m=8,t=1,p=1$c29tZXNhbHQ$YC9+jJCrQhs5R6db7LlN8Q", ErrUnsupported},
		{"django's mark of no password", "!KyNTvbGrGkNVsLvD5DuKZmVbcJvBAvKCEiNGbJvK", ErrUnsupported},
		{"django crypt", "crypt$$ab1Hv2Lg7ltQo", ErrUnsupported},
		{"plain text", "hunter2hunter2", ErrUnsupported},
		{"empty", "", ErrUnsupported},
		{"unknown mark", "$7$C6..../....SodiumChloride$", ErrUnsupported},

		{"bcrypt, short", "$2b$05$abcdefghijklmnopqrstuuhKF09ZYWwH2zP/0fwE1X8e/Q1YNx/h", ErrMalformed},
		{"bcrypt, long", "$2b$05$" + bcrypt53 + "a", ErrMalformed},
		{"bcrypt, cost 3", "$2b$03$" + bcrypt53, ErrMalformed},
		{"bcrypt, cost 32", "$2b$32$" + bcrypt53, ErrMalformed},
		{"bcrypt, letters as cost", "$2b$+5$" + bcrypt53, ErrMalformed},
		{"bcrypt, foreign character", "$2b$05$" + bcrypt53[1:] + "=", ErrMalformed},
		{"django bcrypt, no hash", "bcrypt$abc", ErrMalformed},
		{"stormpath2, no such algorithm", "$stormpath2$SHA-3$1$c2FsdA==$ULWTW74NXPyLYj3VfYHWrg==", ErrMalformed},
		{"stormpath2, hash of another length", "$stormpath2$SHA-1$1$c2FsdA==$ULWTW74NXPyLYj3VfYHWrg==", ErrMalformed},
		{"stormpath2, no iteration", "$stormpath2$MD5$0$c2FsdA==$ULWTW74NXPyLYj3VfYHWrg==", ErrMalformed},
		{"stormpath2, negative", "$stormpath2$MD5$-1$c2FsdA==$ULWTW74NXPyLYj3VfYHWrg==", ErrMalformed},
		{"stormpath2, leading zero", "$stormpath2$MD5$01$c2FsdA==$ULWTW74NXPyLYj3VfYHWrg==", ErrMalformed},
		{"stormpath2, one field more", "$stormpath2$MD5$1$c2FsdA==$ULWTW74NXPyLYj3VfYHWrg==$", ErrMalformed},
		{"stormpath2, line break", "$stormpath2$MD5$1$c2FsdA==$ULWTW74NXPy\nLYj3VfYHWrg==", ErrMalformed},
		{"argon2id, order of costs", "$argon2id$v=19$t=1,m=8,p=1$c29tZXNhbHQ$YC9+jJCrQhs5R6db7LlN8Q", ErrMalformed},
		{"argon2id, memory below 8p", "$argon2id$v=19$m=8,t=1,p=2$c29tZXNhbHQ$YC9+jJCrQhs5R6db7LlN8Q", ErrMalformed},
		{"argon2id, no salt", "$argon2id$v=19$m=8,t=1,p=1$$YC9+jJCrQhs5R6db7LlN8Q", ErrMalformed},
		{"argon2id, other version", "$argon2id$v=20$m=8,t=1,p=1$c29tZXNhbHQ$YC9+jJCrQhs5R6db7LlN8Q", ErrMalformed},
		{"django scrypt, N no power of two", "scrypt$1000$s$8$1$YC9+jJCrQhs5R6db7LlN8Q==", ErrMalformed},
		{"django scrypt, N of one", "scrypt$1$s$8$1$YC9+jJCrQhs5R6db7LlN8Q==", ErrMalformed},
		{"pbkdf2, no salt", "pbkdf2_sha1$1000$$1Imkj7jMIO+wDhyEff8jSpoLVgE=", ErrMalformed},
		{"md5, short", "md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e", ErrMalformed},
		{"md5, as long as sha1", "md5$$" + strings.Repeat("0", 40), ErrMalformed},
		{"md5, no salt field", "md5$3f86d0d3d465b7b458c231bf3555c0e3", ErrMalformed},
		{"sha1, capitals", "sha1$$" + strings.Repeat("A", 40), ErrMalformed},
		{"sha1, no digits", "sha1$s$" + strings.Repeat("z", 40), ErrMalformed},
		{"too long", "pbkdf2_sha1$1000$" + strings.Repeat("s", maxEncoded) + "$1Imkj7jMIO+wDhyEff8jSpoLVgE=", ErrMalformed},

		{"bcrypt, cost 16", "$2b$16$" + bcrypt53, ErrTooCostly},
		{"stormpath2 iterations", "$stormpath2$MD5$1000001$c2FsdA==$ULWTW74NXPyLYj3VfYHWrg==", ErrTooCostly},
		{"pbkdf2 iterations", "pbkdf2_sha1$2000001$salt$1Imkj7jMIO+wDhyEff8jSpoLVgE=", ErrTooCostly},
		{"pbkdf2 iterations over 64 bits", "pbkdf2_sha1$99999999999999999999999$salt$1Imkj7jMIO+wDhyEff8jSpoLVgE=", ErrTooCostly},
		{"argon2id memory", "$argon2id$v=19$m=262145,t=1,p=1$c29tZXNhbHQ$YC9+jJCrQhs5R6db7LlN8Q", ErrTooCostly},
		{"argon2id passes", "$argon2id$v=19$m=8,t=17,p=1$c29tZXNhbHQ$YC9+jJCrQhs5R6db7LlN8Q", ErrTooCostly},
		{"argon2id lanes", "$argon2id$v=19$m=4096,t=1,p=256$c29tZXNhbHQ$YC9+jJCrQhs5R6db7LlN8Q", ErrTooCostly},
		{"scrypt memory", "$scrypt$ln=18,r=9,p=1$c2FsdA$YC9+jJCrQhs5R6db7LlN8Q", ErrTooCostly},
		{"scrypt lanes", "$scrypt$ln=14,r=8,p=17$c2FsdA$YC9+jJCrQhs5R6db7LlN8Q", ErrTooCostly},
		{"scrypt ln", "$scrypt$ln=63,r=1,p=1$c2FsdA$YC9+jJCrQhs5R6db7LlN8Q", ErrTooCostly},
		{"scrypt r", "$scrypt$ln=1,r=65537,p=1$c2FsdA$YC9+jJCrQhs5R6db7LlN8Q", ErrTooCostly},
		{"django scrypt", "scrypt$1073741824$s$8$1$YC9+jJCrQhs5R6db7LlN8Q==", ErrTooCostly},
	}
	for _, r := range rows {
		_, err := Recognised(r.encoded)
		if !errors.Is(err, r.want) {
			t.Errorf("%s: %v, want %v", r.name, err, r.want)
			continue
		}
		for _, part := range strings.FieldsFunc(r.encoded, func(c rune) bool { return strings.ContainsRune("$,", c) }) {
			if len(part) >= 20 && strings.Contains(err.Error(), part) {
				t.Errorf("%s: the error tells part of the hash: %v", r.name, err)
			}
		}
	}
}

func TestCapsAreTheCallersToSet(t *testing.T) {
	rows := []struct {
		name    string
		caps    Caps
		encoded string
	}{
		{"argon2 memory", Caps{Argon2Memory: 255}, "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"},
		{"argon2 passes", Caps{Argon2Iterations: 1}, "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"},
		{"bcrypt", Caps{BcryptCost: 4}, "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"},
		{"pbkdf2", Caps{PBKDF2Iterations: 999}, "pbkdf2_sha1$1000$salt$1Imkj7jMIO+wDhyEff8jSpoLVgE="},
		{"scrypt", Caps{ScryptMemory: 2<<20 - 1}, "$scrypt$ln=10,r=8,p=2$c2VhIHNhbHQgb2YgbWluZQ$/7gY8qTJAwRjmgoPKozug4fOGZkS7XoraeB8EZrNXgM"},
		{"stormpath2", Caps{StormpathIterations: 1}, "$stormpath2$SHA-1$2$c2FsdHk=$2w8pkJZ0ZSHPb5p2FlWEqEwGaLY="},
	}
	for _, r := range rows {
		h := Hasher{Caps: r.caps}
		if _, err := h.Verify(context.Background(), r.encoded, "p"); !errors.Is(err, ErrTooCostly) {
			t.Errorf("%s: %v, want ErrTooCostly", r.name, err)
		}
		if n := h.Count(); n != 0 {
			t.Errorf("%s: %d hashes were computed", r.name, n)
		}
		if _, err := Recognised(r.encoded); err != nil {
			t.Errorf("%s, default caps: %v", r.name, err)
		}
	}
}

func TestOnlyBcryptAndStormpath2AreMCF(t *testing.T) {
	rows := map[string]bool{
		"$2a$": true, "$2b$": true, "$2x$": true, "$2y$": true, "$stormpath2$": true,
		"$2$": false, "$2c$": false, "$stormpath1$": false, "$argon2id$": false, "$scrypt$": false,
		"bcrypt$": false, "pbkdf2_sha256$": false, "": false,
	}
	for mark, want := range rows {
		if got := IsMCF(mark + "rest"); got != want {
			t.Errorf("%q: %v, want %v", mark, got, want)
		}
	}
}

// FuzzRecognised holds that no text makes parsing panic, and that whatever it
// accepts stays below the caps when it is verified.
func FuzzRecognised(f *testing.F) {
	for _, v := range vectors() {
		f.Add(v.encoded)
	}
	caps := Caps{
		Argon2Memory: 64, Argon2Iterations: 2, BcryptCost: 4,
		PBKDF2Iterations: 10, ScryptMemory: 1 << 16, StormpathIterations: 10,
	}
	for _, small := range []string{
		"$argon2id$v=19$m=64,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
		"$2b$04$abcdefghijklmnopqrstuuhKF09ZYWwH2zP/0fwE1X8e/Q1YNx/hO",
		"$scrypt$ln=4,r=8,p=2$c2FsdA$YC9+jJCrQhs5R6db7LlN8Q",
		"scrypt$16$s$8$1$YC9+jJCrQhs5R6db7LlN8Q==",
		"pbkdf2_sha1$10$salt$1Imkj7jMIO+wDhyEff8jSpoLVgE=",
	} {
		f.Add(small)
	}
	f.Fuzz(func(t *testing.T, encoded string) {
		IsMCF(encoded)
		format, err := Recognised(encoded)
		if err == nil && format == "" {
			t.Fatal("accepted without a name")
		}
		h := Hasher{Caps: caps, Workers: 1}
		if _, small := h.Recognised(encoded); small != nil {
			if err != nil && errors.Is(small, ErrTooCostly) && !errors.Is(err, ErrTooCostly) && !errors.Is(err, ErrMalformed) {
				t.Fatalf("the default caps give %v, lower ones %v", err, small)
			}
			return
		}
		if err != nil {
			t.Fatalf("lower caps accept what the default ones refuse: %v", err)
		}
		if _, err = h.Verify(context.Background(), encoded, "password"); err != nil {
			t.Fatal(err)
		}
	})
}
