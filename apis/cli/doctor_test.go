package cli

import "testing"

func TestADoctorLooksAtTheDataFolder(t *testing.T) { scripts(t, "doctor") }
