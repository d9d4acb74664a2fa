package cli

import "testing"

func TestAPublicURLIsSchemeHostAndPort(t *testing.T) {
	for value, ok := range map[string]bool{
		"https://id.example.com": true, "http://localhost:8080": true, "HTTPS://ID.Example.com": true, "http://[::1]:8080": true,
		"http://127.0.0.1": true, "https://xn--bcher-kva.example": true, "http://id_server:80801": false, "http://id_server:8080": true,
		"": false, "id.example.com": false, "localhost:8080": false, "ftp://x": false, "//x": false, "https://": false,
		"https://x/": false, "https://x/v1": false, "https://x?": false, "https://x?a": false, "https://x#": false, "https://x#a": false,
		"https://u@x": false, "https://u:p@x": false, "https://@x": false, "https://x:": false, "https://x:0": false, "https://x:http": false,
		"https://x:443": false, "http://x:80": false, "https://x:80": true, "https://bücher.example": false, "https://a b": false,
		"https://x\r\nHost: y": false, `https://x"y`: false, "https://::1": false, "https://[1.2.3.4]": false, "http://[fe80::1%25eth0]": false,
		"https://x%41": false, "https://-x": false, "https://x.": false, " https://x": false, "https:x": false,
	} {
		if err := checkPublicURL(value); (err == nil) != ok {
			t.Errorf("checkPublicURL(%q) = %v", value, err)
		}
	}
}

func TestThePublicURLIsThisMachineUnlessSet(t *testing.T) {
	for address, want := range map[string]string{
		"127.0.0.1:8080": "http://localhost:8080", ":9000": "http://localhost:9000", "[::]:8080": "http://localhost:8080",
		"0.0.0.0:80": "http://localhost", "127.0.0.1:0": "http://localhost",
	} {
		if got := localURL(address); got != want || checkPublicURL(got) != nil {
			t.Errorf("localURL(%q) = %q, want %q", address, got, want)
		}
	}
}
