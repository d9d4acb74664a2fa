package apis

import "github.com/gofiber/fiber/v3"

type tagKey struct{}

// tagging notes the ETag of an answer before it is compressed.
func tagging(c fiber.Ctx) error {
	err := c.Next()
	if tag := c.GetRespHeader(fiber.HeaderETag); tag != "" {
		c.Locals(tagKey{}, tag)
	}
	return err
}

// tagged gives a compressed answer its ETag back, which the compressor takes for one of
// bytes. Ours are of a record's revision or of what was asked for, and come back in
// If-Match and If-None-Match whatever encoding was accepted.
func tagged(c fiber.Ctx) error {
	err := c.Next()
	if tag, ok := c.Locals(tagKey{}).(string); ok {
		c.Set(fiber.HeaderETag, tag)
	}
	return err
}
