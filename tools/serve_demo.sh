#!/bin/sh
# Fills a new site with the demonstration and serves it, with the periodic work beside the server; both end
# together.
# $1: the folder of the virtual environment; $2: the port; PARLEY_DATA says where the data lies.
set -eu
python="$1/bin/python"
address="127.0.0.1:$2"

# The stamp lies with the data: a folder that was thrown away begins again, a used one is left as it is.
if [ ! -e "$PARLEY_DATA/.seeded" ]; then
    echo "Filling the site with the demonstration, which takes about a minute…"
    "$python" manage.py setup_site --no-input --verbosity 0
    "$python" manage.py seed_demo
    touch "$PARLEY_DATA/.seeded"
fi

"$python" manage.py run_periodic &
periodic=$!
trap 'kill "$periodic" 2>/dev/null || true' EXIT
trap 'exit 0' INT TERM HUP

"$1/bin/gunicorn" portal.wsgi:application --bind "$address" --workers 1 --threads 8 --timeout 120 \
    --log-level warning --no-control-socket &
server=$!
trap 'kill "$periodic" "$server" 2>/dev/null || true; wait 2>/dev/null || true' EXIT
"$python" tools/open_pages.py "http://$address" 2>/dev/null || true

cat <<SENTENCES

  Parley is ready:  http://$address/
  The admin:        http://$address/admin/
  Sign-ins:         the table in README.md (everybody’s password is $("$python" -c 'from demo.cast import DEMO_PASSWORD; print(DEMO_PASSWORD)'))
  Mail:             http://$address/mailbox/ (nothing leaves this machine)
  Data:             $PARLEY_DATA (delete the folder to begin again)
  Stop:             Ctrl-C

SENTENCES
wait "$server"
