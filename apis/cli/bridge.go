package cli

import (
	"context"
	"log/slog"

	"go.uber.org/zap/zapcore"
)

// bridge hands to our log what a library logs by zap. It tells of things that go
// on for long, so that its information is ours too.
type bridge struct {
	log    *slog.Logger
	fields []zapcore.Field
}

func levelOf(l zapcore.Level) slog.Level {
	switch {
	case l >= zapcore.ErrorLevel:
		return slog.LevelError
	case l == zapcore.WarnLevel:
		return slog.LevelWarn
	case l == zapcore.InfoLevel:
		return slog.LevelInfo
	}
	return slog.LevelDebug
}

// Enabled tells whether anything of a level is logged.
func (b *bridge) Enabled(l zapcore.Level) bool {
	return b.log.Enabled(context.Background(), levelOf(l))
}

// With is a bridge whose lines all have the fields.
func (b *bridge) With(fields []zapcore.Field) zapcore.Core {
	return &bridge{b.log, append(b.fields[:len(b.fields):len(b.fields)], fields...)}
}

// Check takes an entry if its level is logged.
func (b *bridge) Check(e zapcore.Entry, to *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if b.Enabled(e.Level) {
		return to.AddCore(e, b)
	}
	return to
}

// Write logs an entry.
func (b *bridge) Write(e zapcore.Entry, fields []zapcore.Field) error {
	m := zapcore.NewMapObjectEncoder()
	args := []any{}
	for _, f := range append(b.fields[:len(b.fields):len(b.fields)], fields...) {
		f.AddTo(m)
		if v, ok := m.Fields[f.Key]; ok {
			args = append(args, f.Key, v)
		}
	}
	b.log.Log(context.Background(), levelOf(e.Level), "certificates: "+e.Message, args...)
	return nil
}

// Sync has nothing to do: each line goes out by itself.
func (b *bridge) Sync() error { return nil }
