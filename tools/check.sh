#!/bin/sh
# Everything that can be said about the code without running its tests; all parts run, then it fails if one did.
# The programs are found on the PATH: `make check` puts those of the virtual environment first.
set -u
apps=$(tools/list_apps.sh)
code="$apps tests bench tools manage.py"
parts=0
failed=""

# The parts run side by side; each leaves its name, its command, what it said and how it ended.
part() {
    parts=$((parts + 1))
    place="$scratch/part-$parts"
    echo "$1" >"$place.name"
    shift
    echo "$*" >"$place.command"
    { "$@" >"$place.said" 2>&1; echo $? >"$place.code"; } &
}

report() {
    place="$scratch/part-$1"
    name=$(cat "$place.name")
    if [ "$(cat "$place.code")" = 0 ]; then
        echo "  ok    $name"
    else
        echo "  FAIL  $name:  $(cat "$place.command")"
        sed 's/^/        /' "$place.said"
        failed="$failed $name,"
    fi
}

sample_production() {
    # Redis and the address of the proxy are left out: their defaults must pass as well.
    env -u DATABASE_URL -u REDIS_URL \
        DJANGO_SETTINGS_MODULE=portal.settings.production \
        SECRET_KEY=a-sample-of-fifty-characters-0123456789-ABCDEFGHIJKLM \
        PARLEY_DIGEST_KEY=another-sample-of-fifty-characters-9876543210-ZYXWVUT \
        PARLEY_HOSTS=news.example.org PARLEY_BASE_URL=https://news.example.org \
        PARLEY_MAIL_FROM=news@example.org PARLEY_DATA="$scratch" "$@"
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
development="env -u DATABASE_URL DJANGO_SETTINGS_MODULE=portal.settings.dev PARLEY_DATA=$scratch"

# shellcheck disable=SC2086 - the lists are meant to fall apart into words
{
    part "types" env DJANGO_SETTINGS_MODULE=portal.settings.test mypy
    part "format" ruff format --check --quiet $code
    part "lint" ruff check --quiet $code
    part "template indentation" djhtml --check --tabwidth 2 templates
    part "template lint" curlylint --quiet templates
    part "layers" lint-imports
    part "system checks" $development python manage.py check --fail-level WARNING
    part "migrations" $development python manage.py makemigrations --check --dry-run $apps
    part "deployment" sample_production python manage.py check --deploy --fail-level WARNING
    part "translations" python tools/translations.py check
}
wait
for number in $(seq "$parts"); do
    report "$number"
done

if [ -n "$failed" ]; then
    echo "Failed:${failed%,}."
    exit 1
fi
echo "Everything checked."
