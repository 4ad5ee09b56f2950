# Read by test.sh: a PostgreSQL of our own, in a temporary folder, on loopback only.
#   postgres_start   sets TEST_POSTGRES
#   postgres_stop    stops it and removes everything

postgres_dir=

# As another user than root, since initdb refuses root.
postgres_as() {
	if [[ $(id -u) == 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi
}

postgres_bin() {
	local dir
	for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) /usr/pgsql/bin /opt/homebrew/opt/postgresql@17/bin; do
		[[ -x $dir/initdb ]] && { echo "$dir"; return; }
	done
	have initdb && dirname "$(command -v initdb)"
}

postgres_start() {
	local bin port try password
	bin=$(postgres_bin) || { say "no initdb found: install PostgreSQL"; return 1; }
	postgres_dir=$(mktemp -d /tmp/xuezheng-pg.XXXXXX)
	password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
	(umask 077; printf %s "$password" >"$postgres_dir/password")
	[[ $(id -u) == 0 ]] && chown -R postgres "$postgres_dir"
	(cd "$postgres_dir" && postgres_as "$bin/initdb" -D "$postgres_dir/data" -U xuezheng --pwfile="$postgres_dir/password" \
		--auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync) >"$postgres_dir/initdb.log" 2>&1 ||
		{ cat "$postgres_dir/initdb.log"; return 1; }
	for try in 1 2 3 4 5; do
		port=$((20000 + RANDOM))
		if (cd "$postgres_dir" && postgres_as "$bin/pg_ctl" -D "$postgres_dir/data" -w -t 60 -l "$postgres_dir/server.log" \
			-o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$postgres_dir -c fsync=off -c max_connections=120" \
			start) >"$postgres_dir/ctl.log" 2>&1; then
			export TEST_POSTGRES="postgres://xuezheng:$password@127.0.0.1:$port/postgres?sslmode=disable"
			say "PostgreSQL $("$bin/postgres" --version | grep -o '[0-9.]*' | head -1) on 127.0.0.1:$port"
			return 0
		fi
	done
	cat "$postgres_dir/ctl.log" "$postgres_dir/server.log"
	return 1
}

postgres_stop() {
	[[ -n $postgres_dir && -d $postgres_dir ]] || return 0
	(cd / && postgres_as "$(postgres_bin)/pg_ctl" -D "$postgres_dir/data" -m immediate -w stop) >/dev/null 2>&1 || true
	rm -rf "$postgres_dir"
	postgres_dir=
	unset TEST_POSTGRES
}
