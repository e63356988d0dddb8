#!/bin/sh
# Replays a log through CrowdSec in a folder of its own: LOG FOLDER. Alerts are on standard error, as it writes them.
# Asks for Debian's packages crowdsec and, for its scenarios, the hub that comes with it.
set -eu
log=$(realpath "$1") folder=$(realpath "$2") here=$(dirname "$(realpath "$0")") port=${3:-18080}
cp -r /etc/crowdsec "$folder/etc"
cp -r /var/lib/crowdsec/data "$folder/data"
rm -rf "$folder"/data/crowdsec.db* "$folder"/etc/config.yaml.local "$folder/etc/acquis.d"
cp "$here/people-by-account.yaml" "$folder/etc/scenarios/"
cat > "$folder/etc/config.yaml" <<END
common: {daemonize: false, log_media: stdout, log_level: info, working_dir: .}
config_paths:
  {config_dir: $folder/etc/, data_dir: $folder/data/, simulation_path: $folder/etc/simulation.yaml,
   hub_dir: /var/lib/crowdsec/hub/, index_path: /var/lib/crowdsec/hub/.index.json}
crowdsec_service: {acquisition_path: $folder/etc/acquis.yaml, parser_routines: 1}
cscli: {output: human}
db_config: {type: sqlite, db_path: $folder/data/crowdsec.db, use_wal: true}
api:
  client: {credentials_path: $folder/etc/local_api_credentials.yaml}
  server: {listen_uri: 127.0.0.1:$port, profiles_path: $folder/etc/profiles.yaml}
prometheus: {enabled: false}
END
echo "url: http://127.0.0.1:$port" > "$folder/etc/local_api_credentials.yaml"
cscli -c "$folder/etc/config.yaml" machines add replay --password replay -u "http://127.0.0.1:$port" \
  -f "$folder/etc/local_api_credentials.yaml" > /dev/null 2>&1
crowdsec -c "$folder/etc/config.yaml" -no-cs > "$folder/api.log" 2>&1 &
api=$!
trap 'kill $api' EXIT
until cscli -c "$folder/etc/config.yaml" lapi status > /dev/null 2>&1; do sleep 1; done
crowdsec -c "$folder/etc/config.yaml" -no-api -dsn "file://$log" -type nginx > "$folder/replay.log" 2>&1
grep "performed" "$folder/replay.log" || true
