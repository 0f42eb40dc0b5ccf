import { expect, test } from '@jest/globals';
import pg from 'pg';
import { withPassword } from './connect.js';

test.each(['postgres://hiker@db/trails', 'postgres://hiker@db/trails?sslmode=disable'])(
  'a password from a file reaches the server that %s names, whatever is in it',
  (url) => {
    const client = new pg.Client({ connectionString: withPassword(url, 'a+b/c=&d%20é') });
    expect(client).toMatchObject({ user: 'hiker', host: 'db', database: 'trails', password: 'a+b/c=&d%20é' });
  },
);
