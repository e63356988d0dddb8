"""Replays a log through fail2ban's own filter in the log's time: LOG 'address'|'account' MAXRETRY FINDTIME.

Prints a line for each first ban: seconds since 1970, and the address or account."""

import re
import sys
import time
from calendar import timegm

from fail2ban.server.jail import Jail
from fail2ban.server.filterpoll import FilterPoll
from fail2ban.server.mytime import MyTime

path, by, maxretry, findtime = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
who = {"address": r'^<ADDR> - \S+ ', "account": r'^\S+ - <F-ID>\S+</F-ID> '}[by]
jail = Jail("portal", backend="polling")
watch = FilterPoll(jail)
watch.setMaxRetry(maxretry)
watch.setFindTime(findtime)
watch.setDatePattern(r"%d/%b/%Y:%H:%M:%S %z")
watch.addFailRegex(who + r'\[\] "(?:GET|POST) \S+ HTTP/')
stamp = re.compile(r"\[([^\]]+) \+0000\]")
banned = set()
for line in open(path, encoding="utf8"):
    at = timegm(time.strptime(stamp.search(line)[1], "%d/%b/%Y:%H:%M:%S"))
    MyTime.setTime(at)
    watch.processLineAndAdd(line.rstrip("\n"))
    while ticket := jail.getFailTicket():
        if ticket.getID() not in banned:
            banned.add(ticket.getID())
            print(at, ticket.getID(), flush=True)
