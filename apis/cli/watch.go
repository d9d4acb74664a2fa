package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
)

// watched serves the metrics at an address of their own, if one is given, from
// before the app has started until the store is closed: what starts and what stops
// says so. Its errors do not end the server.
func (in *instance) watched(address string) (end func(), err error) {
	if address == "" {
		return func() {}, nil
	}
	ln, err := net.Listen("tcp", address)
	if err != nil {
		return nil, &problem{fmt.Errorf("the metrics: %w", err), "name a free address of this machine with --metrics-addr", failed}
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := in.server.ServeMetrics(ctx, ln); err != nil {
			in.Log.Error("the metrics are served no more", "err", err)
		}
	}()
	in.Log.Info("metrics", "address", ln.Addr().String())
	return func() { cancel(); <-done }, nil
}

func checkOTLP(value string) error {
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("is no URL such as http://collector:4318")
	}
	return nil
}
