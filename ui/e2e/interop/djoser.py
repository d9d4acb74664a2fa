"""The session in the README of djoser 0.1.0, as a client of 2014 has it: python3 djoser.py URL-OF-THE-MOUNT."""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request

base = sys.argv[1]


def call(method, path, form=None, token=None):
    """What comes back: its status, its body as it is, and its headers."""
    data = urllib.parse.urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(base + path, data=data, method=method)
    if token:
        request.add_header('Authorization', 'Token ' + token)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode(), answer.headers


def expect(what, got, status, body):
    if got[:2] != (status, body):
        sys.exit('%s: %d %s, want %d %s' % (what, got[0], got[1], status, body))


user = '{"email": "", "username": "djoser"}'
who = {'username': 'djoser', 'password': 'djoser'}

expect('register', call('POST', '/register', who), 201, user)

unknown = call('GET', '/me')
expect('me', unknown, 401, '{"detail": "Authentication credentials were not provided."}')
if unknown[2]['WWW-Authenticate'] != 'Token':
    sys.exit('the challenge is %s' % unknown[2]['WWW-Authenticate'])

status, body, _ = call('POST', '/login', who)
token = json.loads(body).get('auth_token', '')
if status != 200 or body != '{"auth_token": "%s"}' % token or len(token) != 40:
    sys.exit('login: %d %s' % (status, body))
expect('login again', call('POST', '/login', who), 200, body)

expect('me', call('GET', '/me', token=token), 200, user)

gone = call('POST', '/logout', token=token)
expect('logout', gone, 200, '')
if gone[2]['Content-Type'] is not None:
    sys.exit('logout says that nothing is %s' % gone[2]['Content-Type'])

expect('me, signed out', call('GET', '/me', token=token), 401, '{"detail": "Invalid token"}')
print('the session of the README')
