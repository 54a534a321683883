#!/usr/bin/env bash
# System packages that the tests use as outside judges and as a browser. The program itself needs none of them.
set -euo pipefail

packages=(
  chromium          # the browser of the end-to-end tests
  softhsm2          # PKCS#11 tokens in software
  poppler-utils     # pdfsig, pdftoppm, pdftotext, pdffonts
  qpdf              # structure of PDFs
  openssl           # CMS, timestamps, OCSP, Ed25519
  age zstd unzip zip tar
  mupdf-tools       # mutool
  gcc libc6-dev     # the PKCS#11 driver that shows faults
  postgresql-client
)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done

sudo=''
[ "$(id -u)" -eq 0 ] || sudo='sudo'

if [ "${#missing[@]}" -gt 0 ]; then
  echo "Cài gói hệ thống / installing: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  $sudo apt-get update -qq
  $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# The district server's tests want a PostgreSQL. Where none answers, install one with a password of its own for this machine.
address="${DATABASE_URL:-postgres://postgres:postgres@127.0.0.1:5432/postgres}"
if ! psql "$address" -qAtc 'select 1' >/dev/null 2>&1; then
  echo "Cài PostgreSQL / installing PostgreSQL"
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends postgresql >/dev/null
  version="$(ls /etc/postgresql | tail -1)"
  $sudo pg_ctlcluster --skip-systemctl-redirect "$version" main start || true
  for _ in $(seq 1 30); do pg_isready -q && break; sleep 1; done
  $sudo su postgres -c "psql -qc \"alter role postgres password 'postgres'\""
fi
