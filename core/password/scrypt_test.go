package password

import "testing"

// The two ways to write scrypt mean the same hash; the value is from Python's
// hashlib.
func TestBothScryptFormsAreOneHash(t *testing.T) {
	const hash = "DQN2ET/FLepUBcAeMip/H28r6BsfRmTHmXa0XhdM9iRZ3/Xx1AiVSWMMWnyT7aKqNYfs+oSgSHkdjt991GVmMQ"
	caps := Caps{}.orDefault()
	django, err := parseDjangoScrypt("64$seasalt$8$1$"+hash+"==", caps)
	if err != nil {
		t.Fatal(err)
	}
	phc, err := parseScrypt("ln=6,r=8,p=1$"+rawBase64([]byte("seasalt"))+"$"+hash, caps)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []verifier{django, phc} {
		if !v.verify("lètmein") || v.verify("letmein") {
			t.Errorf("%+v does not verify as it should", v)
		}
	}
}
