package apis_test

import (
	"testing"

	"github.com/stormkeep/stormkeep/apis/apitest"
)

// The scripts of the command line have a data folder.
func TestADoctorWantsADataFolder(t *testing.T) {
	api(t).Run(t, []apitest.Scenario{
		{Name: "examine", As: apitest.Machine, Method: "GET", Path: "/console/api/doctor", Status: 405},
		{Name: "repair", As: apitest.Machine, Method: "POST", Path: "/console/api/doctor/repair", Status: 405},
	})
}
