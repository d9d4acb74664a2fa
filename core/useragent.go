package core

import "strings"

// browsers and systems are found by what their user agents say, the first that fits: many
// say that they are others too.
var browsers = [...][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"}, {"Vivaldi/", "Vivaldi"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
	{"CriOS/", "Chrome"}, {"Chromium/", "Chromium"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"}}

var systems = [...][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"CrOS", "ChromeOS"}, {"Macintosh", "macOS"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}}

// DeviceWords names the browser and the system that a user agent is of, "" for what it does
// not tell. It is for people to know their devices again, and proves nothing.
func DeviceWords(agent string) (browser, system string) {
	first := func(all [][2]string) string {
		for _, x := range all {
			if strings.Contains(agent, x[0]) {
				return x[1]
			}
		}
		return ""
	}
	return first(browsers[:]), first(systems[:])
}
