import { expect, test } from 'vitest';
import { hasCsrfToken, Sessions } from './sessions.ts';

const HOUR_MS = 3600_000;

test('a session is found by its token alone, until it is closed', () => {
  const sessions = new Sessions();
  const { token, session } = sessions.open('k1');
  const other = sessions.open('k1');
  expect(sessions.find(token)).toBe(session);
  expect(sessions.find(`${token}x`)).toBeNull();
  expect(sessions.find('')).toBeNull();
  sessions.close(token);
  expect(sessions.find(token)).toBeNull();
  expect(sessions.find(other.token)?.keyId).toBe('k1');
});

test('it ends after twelve hours, and is forgotten when the next one begins', () => {
  const sessions = new Sessions();
  const { token } = sessions.open('k1', 0);
  expect(sessions.find(token, 12 * HOUR_MS - 1)?.keyId).toBe('k1');
  expect(sessions.find(token, 12 * HOUR_MS)).toBeNull();
  sessions.open('k2', 13 * HOUR_MS);
  expect(sessions.size).toBe(1);
});

test('of too many the oldest ends', () => {
  const sessions = new Sessions();
  const { token } = sessions.open('first');
  for (let i = 0; i < 10_000; i++) sessions.open('more');
  expect([sessions.size, sessions.find(token)]).toEqual([10_000, null]);
});

test('the token against forged requests is that of the session', () => {
  const sessions = new Sessions();
  const [one, other] = [sessions.open('k1').session, sessions.open('k1').session];
  expect(hasCsrfToken(one, one.csrfToken)).toBe(true);
  for (const wrong of [other.csrfToken, '', undefined, [one.csrfToken]])
    expect(hasCsrfToken(one, wrong)).toBe(false);
});
