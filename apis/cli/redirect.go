package cli

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"
)

// off is the value of a setting that switches something off.
const off = "off"

// redirecter leads who asks in the clear to the public URL. Who sends more than a
// question has sent it readable by others: it is told so, not led on, or nobody
// would ever notice.
func redirecter(publicURL string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			uri := r.RequestURI
			if !strings.HasPrefix(uri, "/") {
				uri = r.URL.RequestURI() // of a whole URL
			}
			w.Header().Set("Location", publicURL+uri)
			w.WriteHeader(http.StatusPermanentRedirect)
			return
		}
		const msg = "Nothing is taken in the clear."
		body, _ := json.Marshal(map[string]any{"status": 405, "code": 405, "message": msg, "moreInfo": publicURL + "/console/docs/errors#405",
			"developerMessage": msg + " What was sent may have been read on the way: change the secrets in it, and send it to " + publicURL + "."})
		w.Header().Set("Allow", "GET, HEAD")
		w.Header().Set("Content-Type", "application/json;charset=UTF-8")
		w.WriteHeader(http.StatusMethodNotAllowed)
		w.Write(body)
	})
}

// serveInTheClear answers on a listener until ctx ends. A connection is for one
// request.
func serveInTheClear(ctx context.Context, ln net.Listener, h http.Handler, log *slog.Logger) {
	srv := &http.Server{Handler: h, ReadTimeout: 5 * time.Second, WriteTimeout: 5 * time.Second, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
	srv.SetKeepAlivesEnabled(false)
	defer context.AfterFunc(ctx, func() { srv.Close() })()
	if err := srv.Serve(ln); err != nil && !errors.Is(err, http.ErrServerClosed) && ctx.Err() == nil {
		log.Error("plain http is no longer led to https", "err", err)
	}
}
