-- Why a person was erased: the operator's own words, such as the number of the request. They name nobody.
alter table vault.person add column erased_because text;

grant update (erased_because) on vault.person to vigie_server;
