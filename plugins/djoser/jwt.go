package djoser

import (
	"errors"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/stormkeep/stormkeep/core"
	"github.com/stormkeep/stormkeep/core/secret"
)

// claims are those of simplejwt, and two of ours: whose the token is for ever, and what
// ends it.
type claims struct {
	TokenType string `json:"token_type"`
	Expires   int64  `json:"exp"`
	Issued    int64  `json:"iat"`
	ID        string `json:"jti"`
	UserID    int64  `json:"user_id"`

	Subject core.ID[core.Account] `json:"sub"`
	Stamp   core.Stamp            `json:"stamp"`
}

func at(n int64) (*jwt.NumericDate, error) { return jwt.NewNumericDate(time.Unix(n, 0)), nil }

// GetExpirationTime implements jwt.Claims.
func (c *claims) GetExpirationTime() (*jwt.NumericDate, error) { return at(c.Expires) }

// GetIssuedAt implements jwt.Claims.
func (c *claims) GetIssuedAt() (*jwt.NumericDate, error) { return at(c.Issued) }

// GetNotBefore implements jwt.Claims.
func (c *claims) GetNotBefore() (*jwt.NumericDate, error) { return nil, nil }

// GetIssuer implements jwt.Claims.
func (c *claims) GetIssuer() (string, error) { return "", nil }

// GetSubject implements jwt.Claims.
func (c *claims) GetSubject() (string, error) { return string(c.Subject), nil }

// GetAudience implements jwt.Claims.
func (c *claims) GetAudience() (jwt.ClaimStrings, error) { return nil, nil }

const (
	accessToken  = "access"
	refreshToken = "refresh"
)

// jwtKey signs the mount's tokens, and nothing else. It is in no JWKS.
func (m *DjoserMount) jwtKey(tx *core.Tx) ([]byte, error) {
	key, err := m.JWTKey.Open(tx, m.ID, "jwtKey")
	if err == nil && len(key) < 32 {
		err = errors.New("djoser: the mount " + string(m.ID) + " has lost its key")
	}
	return []byte(key), err
}

// sign makes a token of an account. stamp is that of the proof for which it is given.
func (r *request) sign(tx *core.Tx, acc *core.Account, stamp core.Stamp, kind string) (string, error) {
	key, err := r.mount.jwtKey(tx)
	if err != nil {
		return "", err
	}
	life := r.opt.AccessLifetime
	if kind == refreshToken {
		life = r.opt.RefreshLifetime
	}
	now := tx.Now.Unix()
	return jwt.NewWithClaims(jwt.SigningMethodHS256, &claims{kind, now + int64(life), now, secret.Text(32, "0123456789abcdef"),
		acc.Number, acc.ID, stamp}).SignedString(key)
}

// The faults of a JWT.
var (
	errJWT      = errors.New("Token is invalid or expired")
	errJWTType  = errors.New("Token has wrong type")
	errInactive = errors.New("User is inactive")
	errNoUser   = errors.New("User not found")
)

// check reads a token of the mount of one kind, "" for either, and finds its account.
// It has to be live, and of a kind and algorithm that it does not choose itself.
func (r *request) check(tx *core.Tx, token, kind string) (acc *core.Account, err error) {
	key, err := r.mount.jwtKey(tx)
	if err != nil {
		return nil, err
	}
	c := &claims{}
	_, err = jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired(),
		jwt.WithTimeFunc(func() time.Time { return tx.Now })).ParseWithClaims(token, c, func(*jwt.Token) (any, error) { return key, nil })
	switch {
	case err != nil:
		return nil, errJWT
	case c.TokenType != accessToken && c.TokenType != refreshToken, kind != "" && c.TokenType != kind:
		return nil, errJWTType
	}
	acc, err = core.Get(tx, c.Subject)
	if core.IsNotFound(err) || err == nil && acc.Directory != r.mount.Directory {
		return nil, errNoUser
	}
	if err != nil {
		return nil, err
	}
	if acc.Status != core.Enabled {
		return nil, errInactive
	}
	stamp, err := core.StampOf(tx, acc, r.app)
	if err != nil {
		return nil, err
	}
	if c.Stamp != stamp {
		return nil, errJWT
	}
	return acc, nil
}

// bearer takes an access token for who calls.
func (r *request) bearer(parts []string) error {
	if len(parts) == 1 {
		return r.unauthorized("Authorization header must contain two space-delimited values", member{"code", "bad_authorization_header"})
	}
	if len(parts) > 2 {
		return r.unauthorized("Authorization header must contain two space-delimited values", member{"code", "bad_authorization_header"})
	}
	err := r.door.app.View(r.Context(""), func(tx *core.Tx) error {
		acc, err := r.check(tx, parts[1], accessToken)
		if err != nil {
			return err
		}
		stamp, err := core.StampOf(tx, acc, r.app)
		r.who = &caller{account: acc, stamp: stamp}
		return err
	})
	switch err {
	case nil:
		return nil
	case errJWT, errJWTType:
		err = r.unauthorized("Given token not valid for any token type", member{"code", "token_not_valid"},
			member{"messages", []object{{{"token_class", "AccessToken"}, {"token_type", accessToken}, {"message", err.Error()}}}})
	case errInactive:
		err = r.unauthorized(err.Error(), member{"code", "user_inactive"})
	case errNoUser:
		err = r.unauthorized(err.Error(), member{"code", "user_not_found"})
	}
	r.who = nil
	return r.Failed(err)
}

// invalidJWT says that a token in a body is none.
func (r *request) invalidJWT(err error) error {
	switch err {
	case errInactive, errNoUser:
		err = errJWT
	case errJWT, errJWTType:
	default:
		return err
	}
	return r.Failed(r.unauthorized(err.Error(), member{"code", "token_not_valid"}))
}

// jwtCreate gives an access and a refresh token for a password.
func jwtCreate(r *request) (*answer, error) {
	in, err := r.body()
	if err != nil {
		return nil, err
	}
	var w wrongs
	login := r.char(&w, in, r.opt.LoginField, required)
	pw := r.char(&w, in, "password", required)
	if err := w.err(); err != nil {
		return nil, err
	}
	done, err := r.signIn(r.opt.LoginField, login, pw)
	if f, ok := errors.AsType[*badLogin](err); ok {
		return nil, r.Failed(r.unauthorized(f.jwt()))
	}
	if err != nil {
		return nil, err
	}
	out := object{}
	err = r.door.app.View(r.Context(done.Account.ID), func(tx *core.Tx) error {
		refresh, err := r.sign(tx, done.Account, done.Stamp, refreshToken)
		if err != nil {
			return err
		}
		access, err := r.sign(tx, done.Account, done.Stamp, accessToken)
		out = object{{"refresh", refresh}, {"access", access}}
		return err
	})
	return &answer{200, out}, err
}

// jwtRefresh gives an access token for a refresh token, which stays good.
func jwtRefresh(r *request) (*answer, error) {
	return r.withJWT("refresh", refreshToken, func(tx *core.Tx, acc *core.Account) (object, error) {
		stamp, err := core.StampOf(tx, acc, r.app)
		if err != nil {
			return nil, err
		}
		access, err := r.sign(tx, acc, stamp, accessToken)
		return object{{"access", access}}, err
	})
}

// jwtVerify tells whether a token of either kind is good.
func jwtVerify(r *request) (*answer, error) {
	return r.withJWT("token", "", func(*core.Tx, *core.Account) (object, error) { return object{}, nil })
}

func (r *request) withJWT(field, kind string, do func(*core.Tx, *core.Account) (object, error)) (*answer, error) {
	in, err := r.body()
	if err != nil {
		return nil, err
	}
	var w wrongs
	token := r.char(&w, in, field, required)
	if err := w.err(); err != nil {
		return nil, err
	}
	var out object
	err = r.door.app.View(r.Context(""), func(tx *core.Tx) error {
		acc, err := r.check(tx, token, kind)
		if err != nil {
			return err
		}
		out, err = do(tx, acc)
		return err
	})
	if err != nil {
		return nil, r.invalidJWT(err)
	}
	return &answer{200, out}, nil
}
