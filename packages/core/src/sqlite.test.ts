import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { transaction } from './sqlite.ts';

const open = () => {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE numbers (value INTEGER NOT NULL)');
  const values = () =>
    db
      .prepare('SELECT value FROM numbers ORDER BY value')
      .all()
      .map(({ value }) => value);
  return { db, values };
};

test('what an action wrote is there, and what it gave', () => {
  const { db, values } = open();
  expect(transaction(db, () => db.prepare('INSERT INTO numbers VALUES (1), (2)').run().changes)).toBe(2);
  expect(values()).toEqual([1, 2]);
  expect(db.isTransaction).toBe(false);
});

test('nothing is there of an action that throws, and the next one runs', () => {
  const { db, values } = open();
  const failing = () => {
    db.exec('INSERT INTO numbers VALUES (1)');
    throw new Error('not today');
  };
  expect(() => transaction(db, failing)).toThrow('not today');
  expect(values()).toEqual([]);
  transaction(db, () => db.exec('INSERT INTO numbers VALUES (3)'));
  expect(values()).toEqual([3]);
});

test('the error is that of the action where SQLite has ended the transaction itself', () => {
  const { db, values } = open();
  const failing = () => {
    db.exec('INSERT INTO numbers VALUES (1)');
    db.exec('INSERT OR ROLLBACK INTO numbers VALUES (NULL)');
  };
  expect(() => transaction(db, failing)).toThrow(/NOT NULL/);
  expect(values()).toEqual([]);
});
