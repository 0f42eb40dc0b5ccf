#!/bin/sh
# PostgreSQL runs this once, when its cluster is made: one role owns the trails and imports them, another only reads, neither is a
# superuser. What the reader may read `loopwright migrate` grants.
set -eu
psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
\set owner_password `cat /run/loopwright/database_password`
\set reader_password `cat /run/loopwright/reader_password`
create role loopwright login password :'owner_password';
create role loopwright_reader login password :'reader_password';
alter database loopwright owner to loopwright;
revoke all on database loopwright from public;
grant connect on database loopwright to loopwright_reader;
SQL
