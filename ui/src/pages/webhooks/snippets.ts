/** How a receiver knows that a message is ours, in the languages of most of them. */
export const snippets = [
  {
    id: 'node',
    title: 'Node',
    code: `import { createHmac, timingSafeEqual } from 'node:crypto'

// body: the bytes as they came, before any parsing
export function verified(secret, headers, body) {
  const stamp = headers['webhook-timestamp']
  if (!(Math.abs(Date.now() / 1000 - stamp) <= 300)) return false
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const want = createHmac('sha256', key).update(\`\${headers['webhook-id']}.\${stamp}.\`).update(body).digest()
  return (headers['webhook-signature'] ?? '').split(' ').some((one) => {
    const got = Buffer.from(one.replace(/^v1,/, ''), 'base64')
    return got.length === want.length && timingSafeEqual(got, want)
  })
}`,
  },
  {
    id: 'python',
    title: 'Python',
    code: `import base64, hashlib, hmac, time

def verified(secret, headers, body):
    stamp = headers.get("webhook-timestamp", "")
    if not stamp.isdigit() or abs(time.time() - int(stamp)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers.get('webhook-id')}.{stamp}.".encode() + body
    want = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(got.encode(), want.encode())
               for got in headers.get("webhook-signature", "").split())`,
  },
  {
    id: 'go',
    title: 'Go',
    code: `func verified(secret string, h http.Header, body []byte) bool {
	stamp := h.Get("webhook-timestamp")
	sent, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || time.Since(time.Unix(sent, 0)).Abs() > 5*time.Minute {
		return false
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(h.Get("webhook-id") + "." + stamp + "." + string(body)))
	want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for _, got := range strings.Fields(h.Get("webhook-signature")) {
		if hmac.Equal([]byte(got), []byte(want)) {
			return true
		}
	}
	return false
}`,
  },
]
