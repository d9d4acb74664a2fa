package hosted

import (
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v3"
)

func TestAFormWithAFileIsReadUpToIt(t *testing.T) {
	part := func(head, value string) string {
		return "--b\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + value + "\r\n"
	}
	for _, c := range []struct{ name, kind, body, want string }{
		{"a field and a file", "multipart/form-data; boundary=b", part(`name="a"`, "1") + part(`name="file"; filename="x"`, "data") + "--b--\r\n", "1 data"},
		{"no file chosen", "multipart/form-data; boundary=b", part(`name="a"`, "1") + part(`name="file"; filename=""`, "") + "--b--\r\n", "1 none"},
		{"a field twice", "multipart/form-data; boundary=b", part(`name="a"`, "1") + part(`name="a"`, "2") + "--b--\r\n", "The form has a field twice."},
		{"fields that are too large", "multipart/form-data; boundary=b", part(`name="a"`, strings.Repeat("x", maxFields+1)) + "--b--\r\n", "The form is not whole, or has too much in it."},
		{"too many parts", "multipart/form-data; boundary=b", strings.Repeat(part(`name="file"; filename=""`, ""), maxParts+1) + "--b--\r\n", "The form is not whole, or has too much in it."},
		{"cut off", "multipart/form-data; boundary=b", part(`name="a"`, "1"), "The form is not whole, or has too much in it."},
		{"a form without files", "application/x-www-form-urlencoded", "a=1", "The Content-Type must be multipart/form-data."},
		{"no boundary", "multipart/form-data", "a=1", "The Content-Type must be multipart/form-data."},
	} {
		t.Run(c.name, func(t *testing.T) {
			app := fiber.New(fiber.Config{DisablePreParseMultipartForm: true})
			app.Post("/", func(c fiber.Ctx) error {
				f, file, err := ReadUpload(c, Visit{}, "file")
				if err != nil {
					return c.SendString(err.Error())
				}
				data := []byte("none")
				if file != nil {
					if data, err = io.ReadAll(file); err != nil {
						return err
					}
				}
				if f.Own() {
					t.Error("it is of no page of ours")
				}
				return c.SendString(f.Value("a") + " " + string(data))
			})
			r := httptest.NewRequest("POST", "/", strings.NewReader(c.body))
			r.Header.Set("Content-Type", c.kind)
			res, err := app.Test(r)
			if err != nil {
				t.Fatal(err)
			}
			got, _ := io.ReadAll(res.Body)
			if string(got) != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}
