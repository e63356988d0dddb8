import type { GuardTexts } from './guard-fr.ts';
import { numbersIn } from './numbers.ts';

const number = numbersIn('en');
const counted = (count: number, one: string, many: string) => `${number(count)} ${count === 1 ? one : many}`;
const people = (count: number) => counted(count, 'person', 'people');

/** The texts of the guard's pages, in English. */
export const guardEn: GuardTexts = {
  title: 'Guard',
  says: 'The guard follows the ledger and contains accounts that are not like themselves any more. Judge what it did.',
  pages: {
    cases: 'Cases',
    campaigns: 'Campaigns',
    sweeps: 'Sweeps',
    board: 'False alarms',
    settings: 'Settings',
    replay: 'Replay a theft',
  },
  parts: 'Parts of the guard',
  now: 'To judge now',
  nothingNow: 'Nothing to judge: the guard contains no account.',
  watched: 'Only watched',
  watchedSays: 'Shadow cases: nothing was changed.',
  past: 'Closed cases',
  nothingPast: 'No closed case.',
  strongestOf: (shown, all) =>
    `${number(shown)} of ${number(all)} are shown: the strictest steps first, then the most evidence.`,
  more: 'Show more',
  moreOf: (part) => `Show more: ${part}`,
  shownOf: (shown, all) => `${number(shown)} of ${number(all)}`,
  newestOf: (shown, all) => `The newest ${number(shown)} of ${number(all)} are shown.`,
  lag: (seconds) => `The guard is ${number(seconds)} s behind. Lookups go on; it catches up.`,
  quiet: (seconds) =>
    `The guard said nothing for ${number(seconds)} s: a stolen account would not be noticed. Look at vigie status.`,
  never: 'The guard has never followed this ledger yet. Look at vigie status.',
  allShadow: 'The guard only watches: it contains no account.',
  heads: {
    case: 'Case',
    account: 'Account',
    profession: 'Profession',
    step: 'Step',
    evidence: 'Evidence',
    opened: 'Opened',
    state: 'State',
  },
  open: (id) => `Open case ${id}`,
  honey: 'Honey person',
  bits: (bits) => `${bits} bits`,
  ledBy: {
    group: 'with its group',
    'confirmed-member': 'lower bar',
    sweep: 'found by a sweep',
    person: 'confirmed in its campaign',
  },
  states: {
    open: 'To judge',
    answered: 'Passkey shown',
    undone: 'Undone',
    confirmed: 'Confirmed',
    expired: 'Ended by itself',
  },
  shadow: 'Shadow',
  case: {
    title: (id) => `Case ${id}`,
    of: (account) => `Account ${account}`,
    back: 'All cases',
    why: 'Why',
    whyHoney:
      'The account asked for a person who does not exist, placed so that a walk through numbers meets them. One alone may be a trap set at its counter, and restricts; two different ones suspend. No typing error leads there.',
    whyBits: (bits, lookups) =>
      `The evidence reached ${bits} bits: on average an honest account comes there once in ${lookups} lookups, at most.`,
    causes: {
      group: (bits, accounts) =>
        `This account uses the same rare things as others. Judged together, ${accounts} accounts reached ${bits} bits.`,
      'confirmed-member': (bits) =>
        `A theft was confirmed on an account linked to this one: its thresholds were lowered. Its evidence reached ${bits} bits.`,
      sweep:
        'A sweep of the past found it: it used the same rare things as an account whose theft is confirmed. Its own evidence has no part in it.',
      person: 'A person confirmed the theft of several accounts of a campaign, this one among them.',
    },
    groupAsks: (challenge, restrict, isMore) =>
      `This group, as it is now, is asked for ${challenge} bits before a passkey is asked again and ${restrict} before a restriction: ${isMore ? 'more than one account is' : 'less than one account is, for a theft in it is confirmed'}.`,
    alone: (bits, challenge) =>
      `Alone, this account rose to ${bits} bits; in its profession the passkey is asked again at ${challenge}.`,
    aloneLow: 'Alone, this account had next to no evidence.',
    strongestAlone: 'On this account alone, what spoke loudest',
    strongest: 'What spoke loudest',
    peopleBefore: 'Absent people looked up in the day before',
    peopleSince: 'Absent people looked up since',
    opened: 'Opened',
    expires: 'Ends by itself',
    never: 'never: it waits for your judgement',
    chart: 'The evidence of this account, lookup after lookup',
    chartSays:
      'One step to the right is one lookup. The thick line is the evidence of this account in total; the dashed lines are the thresholds of its profession.',
    chartEmpty: 'No lookup is kept: the evidence of this account alone was too low.',
    total: 'Total',
    thresholds: { challenge: 'Passkey', restrict: 'Restriction', suspend: 'Suspension' },
    choose: 'Choose a lookup',
    placeOf: (place, all) => `Lookup ${number(place)} of ${number(all)}`,
    previous: 'Previous',
    next: 'Next',
    allLookups: (count) => `All lookups of the chart (${number(count)})`,
    spokenLookups: (name, count) => `Where this signal spoke: ${name} (${number(count)})`,
    entry: 'entry',
    at: 'At',
    what: 'What it was',
    added: 'What it added',
    seconds: (seconds) => `${seconds} s after the one before`,
    minutes: (minutes) => `${minutes} min after the one before`,
    hours: (hours) => `${hours} h after the one before`,
    addedTo: (bits) => `It took the evidence to ${bits} bits:`,
    addedNothing: (bits) => `It changed nothing: the evidence is ${bits} bits.`,
    addedUnknown: (bits) => `The evidence is ${bits} bits after it. What was before is not kept.`,
    gained: (bits, isMore) => `${isMore ? '+' : '−'}${bits} bits`,
    signs: {
      honey: 'honey person: does not exist',
      new: 'never looked up before',
      elsewhere: 'from elsewhere than usual',
      neighbour: 'number next to another',
      rising: 'number above the one before',
      unknown: 'nobody’s number',
      refused: 'refused',
      present: 'person present',
      'by-claim': 'came of a claim',
      unexplained: 'no claim so far',
      explained: 'explained since',
      'other-network': 'other network than just before',
      'other-client': 'other software than just before',
      'risky-sign-in': 'signed in unlike before',
      'impossible-travel': 'signed in from too far to have travelled',
    },
    elsewhere: (place) => `from elsewhere than usual: ${place}`,
    given: (place) => `number given in ${place}`,
    steps: 'What was done',
    byGuard: 'the guard',
    by: (account) => `account ${account}`,
    because: (entry) => `after entry ${entry}`,
    wrote: (entry) => `entry ${entry}`,
    whats: {
      contained: 'Contained',
      answered: 'The holder showed their passkey',
      undone: 'Undone',
      confirmed: 'Confirmed',
      expired: 'Ended, as nobody confirmed it',
    },
    fromTo: (from, to) => `${from} → ${to}`,
    toAccount: 'See the account',
    undo: 'It is a mistake: open again…',
    confirm: 'It is a theft: suspend…',
    confirmKept: 'It is a theft: leave suspended…',
    undoTitle: 'Open this account again',
    confirmTitle: 'Confirm the theft',
    undoEffect: (account, usual, left) => [
      `Account ${account} works again at once; its holder is told.`,
      usual === null
        ? 'It had served nobody in the 30 days before.'
        : `On a usual day it serves ${people(usual)}: they are served again.`,
      `It may still look up ${counted(left, 'new person', 'new people')} before its allowance is used up.`,
      'The case counts as a false alarm, and the evidence starts at zero.',
    ],
    undoShadow: 'Nothing had been changed: the case counts as a false alarm.',
    confirmEffect: (account, told, usual) => [
      `Account ${account} is suspended and stays so. You cannot reinstate it alone.`,
      `${people(told)} whose rights were told to it since the day before may be concerned.`,
      ...(usual === null
        ? []
        : [`The ${people(usual)} it serves on a usual day are not served by it any more.`]),
    ],
    ends: (sessions, software) =>
      sessions + software === 0
        ? 'No session is open: there is nothing to end.'
        : `${[
            ...(sessions === 0 ? [] : [counted(sessions, 'session ends', 'sessions end')]),
            ...(software === 0
              ? []
              : [counted(software, 'piece of software is signed out', 'pieces of software are signed out')]),
          ].join(', ')}.`,
    counting: 'What it will do is being counted…',
    whyHelp: 'How you know. It is sealed, and read by your colleagues.',
    doUndo: 'Open again',
    doConfirm: 'Suspend',
    done: (account) => `Account ${account} is open again.`,
    doneShadow: 'The case is closed.',
    confirmed: (account) => `Account ${account} is suspended.`,
  },
  places: {
    title: 'Where the numbers were given',
    says: 'A square is a département, the one that the number tells: of birth, not of residence. The new people of the case are those whose rights were told since the day before, not there and never looked up before.',
    elsewhere: (elsewhere, people) =>
      people < 2
        ? `One new person, from ${elsewhere === '0' ? 'a usual département' : 'elsewhere than usual'}.`
        : `${elsewhere} of the ${number(people)} new people are from elsewhere than usual.`,
    notKnown: (people) =>
      `What is usual is not known yet: that takes 20 people, and this account has ${number(people)}.`,
    nobody: 'No new person in this case.',
    unplaced: (people) =>
      `The number of ${counted(people, 'new person tells', 'new people tells')} no département.`,
    tile: (name, people, usual) => `${name}: case ${number(people)}, usual ${number(usual)}`,
    most: (name, people) => `${name}: ${people}`,
    ofCase: 'of the case (size says how many)',
    shades: {
      never: 'never usual',
      seldom: 'seldom',
      usual: 'usual',
      mostly: 'usual, one person in ten or more',
    },
    asTable: 'The départements as a table',
    heads: ['Département', 'Of the case', 'Usual', 'For this account'],
    isUsual: 'usual',
    isElsewhere: 'elsewhere',
    unknown: 'not known yet',
    special: {
      20: 'Corsica, before 1976',
      96: 'former protectorates',
      985: 'Mayotte, before 2011',
      99: 'abroad',
    },
  },
  campaigns: {
    all: 'Campaigns',
    says: 'Accounts without a known link that use the same rare things: perhaps one hand. Since they are linked, their lookups are judged together, as those of one account.',
    strongestOf: (shown, all) =>
      `${number(shown)} of ${number(all)} are shown: what is open first, then the most evidence.`,
    none: 'No campaign: no account is too much like another.',
    title: (campaign) => `Campaign ${campaign}`,
    back: 'All campaigns',
    states: { open: 'Open', confirmed: 'Confirmed', closed: 'Closed' },
    closed: 'Closed',
    together: (bits) => `${bits} bits together`,
    heads: {
      campaign: 'Campaign',
      state: 'State',
      evidence: 'Evidence',
      accounts: 'Accounts',
      people: 'New people',
      opened: 'Opened',
      account: 'Account',
      standing: 'Standing',
      own: 'Own evidence',
      profession: 'Profession',
      organisation: 'Organisation',
      joined: 'Linked',
      case: 'Case',
      shares: 'Shares',
    },
    families: {
      network: 'network',
      client: 'software',
      'sign-in': 'sign-in',
      rhythm: 'rhythm',
      targets: 'targets',
    },
    shares: {
      network: 'a rare network',
      client: 'rare software',
      'sign-in': 'sign-ins together',
      rhythm: 'the same rhythm',
      targets: 'targets shared out',
    },
    graphTitle: 'What links them',
    graphSays:
      'In the middle, the strongest evidence of its own. A mark is an account; the words on a line say what two accounts share.',
    graph: (accounts, links) =>
      `${number(accounts)} accounts and ${counted(links, 'link', 'links')}; the links are in the table below.`,
    limited: 'Key asked again, or restricted',
    holding: 'strongest link',
    others: 'other link',
    linksAsTable: (links) => `The links as a table (${number(links)})`,
    linkHeads: ['Account', 'Other account', 'Share', 'How rare, in bits'],
    linked: 'Who else is linked',
    linkedSays: (others, told) =>
      `${counted(others, 'other account uses', 'other accounts use')} the same rare things; together, ${people(told)} new to them ${told === 1 ? 'was' : 'were'} told to them.`,
    sweepsOf: 'What was read again',
    members: 'The accounts',
    membersSay:
      'New people: told to an account that did not know them; a person told to two accounts counts twice. Tick the accounts that are known to be stolen.',
    choose: (account) => `Choose account ${account}`,
    chooseFirst: 'Tick accounts first.',
    confirm: (accounts) =>
      accounts === 0
        ? 'It is a theft: suspend…'
        : `It is a theft: suspend ${counted(accounts, 'account', 'accounts')}…`,
    close: 'It is no campaign…',
    confirmTitle: 'Confirm the theft',
    confirmEffect: (of) => [
      of.still === 0
        ? 'These accounts are suspended already, and stay so. You cannot reinstate them alone.'
        : `${counted(of.still, 'account', 'accounts')} will be suspended. You cannot reinstate them alone.`,
      of.ends,
      `${people(of.people)} new to them may be concerned.`,
      ...(of.others === 0
        ? []
        : [`The bar is lower for ${counted(of.others, 'other linked account', 'other linked accounts')}.`]),
      'The last 90 days are read again, to find who else used the same things.',
    ],
    confirmed: (accounts) =>
      `${counted(accounts, 'account is', 'accounts are')} suspended; the sweep begins.`,
    closeTitle: 'Close the campaign',
    closeEffect: (accounts) => [
      `The links between these ${number(accounts)} accounts lead to nothing any more; their cases stay as they are.`,
      'No account is opened again: judge them in their cases.',
      'Every security officer is told by e-mail.',
    ],
    doClose: 'Close',
    closedNow: 'The campaign is closed.',
  },
  sweeps: {
    all: 'Sweeps of the past',
    says: 'A confirmed theft has the last 90 days read again: who else used the same rare things?',
    newestOf: (shown, all) => `The newest ${number(shown)} of ${number(all)} are shown.`,
    mostOf: (shown, all) =>
      `${number(shown)} of ${number(all)} accounts are shown, those with the most people first.`,
    none: 'No sweep: no theft was confirmed.',
    title: (sweep) => `Sweep ${sweep}`,
    span: (from, to, entries) => `From ${from} to ${to}, ${entries} entries read.`,
    running: 'It goes on.',
    ended: (at) => `Ended ${at}.`,
    found: (accounts, told) =>
      accounts === 0
        ? 'No other account found.'
        : `${counted(accounts, 'other account', 'other accounts')} found, told of ${people(told)}.`,
    accountsOf: (sweep) => `The accounts of sweep ${sweep}`,
    when: 'When',
    network: (network, is) => {
      const used =
        is.others === 0
          ? 'no other account used it'
          : is.others < 100
            ? `${counted(is.others, 'other account', 'other accounts')} used it`
            : 'a hundred other accounts or more used it';
      const why =
        is.others === 0
          ? ': within 30 days somebody signed in from it or opened it again, or the stolen account had no network of its own or more than five new ones, or the guard only watched'
          : '';
      const so = {
        running: ' so far',
        left: `; it was not blocked${why}`,
        blocked: '; it was blocked',
        opened: '; it was blocked, and opened again',
      };
      return `Network ${network}: ${used}${so[is.became]}.`;
    },
  },
  networks: {
    title: 'Blocked networks',
    says: 'A stolen account was used from these networks, and no account beyond suspicion. Nobody is served from them, nobody signs in. The number is that of the entries: the address is not kept.',
    heads: { network: 'Network', account: 'Stolen account', since: 'Since', state: 'State' },
    until: (at) => `Blocked until ${at}.`,
    over: (at) => `The block ended on ${at}.`,
    opened: (at, by) =>
      by === 0 ? `Opened again on ${at} at the command line.` : `Opened again on ${at} by account ${by}.`,
    openAsk: 'Open again…',
    openTitle: (network) => `Open network ${network} again`,
    effect: (account) => [
      'People can sign in and look up from this network again, at once.',
      `Nothing changes for account ${account}.`,
      'Every security officer is told by e-mail.',
    ],
    open: 'Open the network',
    blockAsk: 'Block…',
    blockNamed: (network) => `Block network ${network}…`,
    blockTitle: (network) => `Block network ${network}`,
    blockEffect: (days, stolen) => [
      `For ${days} days nobody is served from this network, and nobody signs in from it.`,
      stolen === 0
        ? 'No other account used it in the days that were read, nor signed in from it within 30 days.'
        : `${counted(stolen, 'other account used it: its theft is confirmed, and it is suspended', 'other accounts used it: their theft is confirmed, and they are suspended')}.`,
      'The ledger keeps it, and every security officer is told by e-mail.',
      'Any of them may open it again at any time, with a reason.',
    ],
    block: 'Block the network',
    used: (accounts, organisations) => [
      `This network stays open: ${accounts < 100 ? counted(accounts, 'account', 'accounts') : '100 accounts or more'} (${counted(organisations, 'organisation', 'organisations')}) ${accounts < 2 ? 'uses it, and no person confirmed it' : 'use it, and no person confirmed them'} to be stolen.`,
      `Blocking it would shut out who did nothing. ${accounts < 2 ? 'If this account is stolen too, confirm it in its case first' : 'If these accounts are stolen too, confirm it in their cases first'}.`,
    ],
    states: {
      unread: 'The sweep goes on: who else uses this network is not known yet. Wait until it has ended.',
      old: 'The sweep ended more than 30 days ago: who uses this network now is not known. It stays open.',
      blocked: 'This network is blocked already.',
    },
  },
  ofAccount: {
    title: 'What the guard did to it',
    nothing: 'Nothing: the guard never contained this account.',
    shadow: 'only watched',
  },
  own: {
    title: 'What the guard did to your account',
    says: 'In 90 days. The guard contains an account when its lookups are not like its usual work any more.',
    began: {
      open: (at) => `On ${at}, nothing changed for your account.`,
      challenged: (at) => `On ${at}, you were asked for your passkey.`,
      restricted: (at) => `On ${at}, your account was limited to people who are present.`,
      suspended: (at) => `On ${at}, your account was suspended.`,
    },
    ended: {
      open: () => 'This is still so.',
      answered: (at) => `You showed your passkey on ${at}: everything went on.`,
      undone: (at) => `On ${at}, a person opened it again: it was a false alarm.`,
      confirmed: (at) => `On ${at}, a security officer confirmed a theft.`,
      expired: (at) => `It ended by itself on ${at}.`,
    },
  },
  board: {
    title: 'False alarms: promised, happened',
    says: 'What is over and nobody confirmed counts as a false alarm. An account-day is a day on which an account looked somebody up.',
    days: (days) => `${days} days`,
    period: 'Period',
    empty: 'No lookup was followed in this period.',
    of: (days, lookups) =>
      `${counted(days, 'account-day', 'account-days')}, ${counted(lookups, 'lookup', 'lookups')}`,
    all: 'All professions',
    each: 'By profession',
    alarms: (cases, wrong) =>
      `${counted(cases, 'case', 'cases')}, ${wrong === 0 ? 'no false alarm' : counted(wrong, 'false alarm', 'false alarms')}`,
    heads: {
      step: 'Step',
      promised: 'Promised at most, in account-days',
      allowed: 'Allowed here',
      falseAlarms: 'False alarms',
      answered: 'Of these, passkey shown',
      undone: 'Undone',
      expired: 'Ended by time',
      confirmed: 'Confirmed',
      open: 'To judge',
      cases: 'Cases',
      shadow: 'Watched',
    },
    promised: (days) => `1 in ${days}`,
    below: (least) => `< ${least}`,
    kept: 'kept',
    broken: 'exceeded',
    tooEarly: 'too early to say',
  },
  settings: {
    title: 'What acts, what watches',
    says: 'Thresholds are not set: they follow from a promise. What only watches writes cases and changes nothing.',
    promise: (challenge, restrict, suspend) =>
      `Promise, for an honest account: one false challenge in ${challenge} working days at most, one false restriction in ${restrict}, one false suspension in ${suspend}.`,
    hours: (hours) => `A challenge or a restriction that nobody confirms ends after ${hours} h.`,
    thresholds: 'Thresholds',
    thresholdsSay:
      'A bit doubles: ten bits are a thousand to one. The more a profession looks up a day, the more bits the same promise asks for.',
    byProfession: 'The thresholds by profession',
    profession: 'Profession',
    lookups: 'Lookups a day',
    whole: 'The whole guard only watches',
    detectors: 'Signals that only watch',
    acts: 'acts',
    watches: 'watches',
    waiting: 'waits for its data',
    change: 'Apply…',
    unchanged: 'Nothing has changed: there is nothing to apply.',
    dialog: 'Change what acts',
    effectShadow: 'No account will be contained any more. A theft would go on to the limit of the allowance.',
    effectSome: (count) =>
      `${counted(count, 'signal', 'signals')} will not act by ${count === 1 ? 'itself' : 'themselves'}. Every security officer is told by e-mail.`,
    effectAll: 'All signals act. Every security officer is told by e-mail.',
    apply: 'Apply',
    done: 'It is set, within seconds.',
    setBy: (account, at) => `Set by account ${account}, ${at}.`,
  },
  replay: {
    title: 'Replay a theft',
    says: 'Invented accounts of this demo are stolen before your eyes, and the guard stops them. Only a demo on this machine has this.',
    scenarios: 'Scenarios',
    accounts: 'Accounts stolen',
    pace: 'Pace',
    speed: (times) => (times === 1 ? 'that of the scenario' : `${number(times)} times as fast`),
    begin: 'Begin',
    beginning: 'Preparing…',
    stop: 'Stop',
    effect:
      'Lookups are real, and recorded in the ledger. Holders look up ten of their patients first; thieves have sessions as after phishing, and no passkey. Accounts stay contained for a day, or until you open them again; a suspension does not end by itself.',
    isUnderWay: 'A theft is under way: one at a time.',
    guards: {
      off: 'The guard is off: nothing would stop the thieves. Start without VIGIE_GUARD=off.',
      watches: 'The guard only watches: let it act first, in its settings.',
    },
    phases: {
      preparing: 'The holders are at work',
      playing: 'Theft under way',
      over: 'Over: no thief gets anything any more',
      stopped: 'Stopped',
      failed: 'Broken off',
    },
    failed: 'The theft could not be played',
    troubles: {
      refused:
        'The server did not take the sessions of the holders: its address is not the one that the demo knows. Set VIGIE_URL and VIGIE_PUBLIC_URL to the address it answers at.',
      unexpected: 'The demo broke off. Begin again; if it comes back, look at the log of the server.',
    },
    detail: 'What the program says of it',
    told: 'People told to the thieves',
    contained: 'Accounts contained',
    since: 'Since the theft began',
    seconds: (seconds) => `${seconds} s`,
    picture: 'One stolen account a line',
    heads: {
      account: 'Account',
      profession: 'Profession',
      people: 'People',
      evidence: 'Evidence',
      step: 'Step',
    },
    bits: (bits) => `${bits} bits`,
    after: (people, seconds) => `after ${people} people, ${seconds} s`,
    toCase: (id) => `case ${id}`,
    toCases: 'Judge the cases',
    strokes:
      'The strokes of each bar are the thresholds: passkey asked again, restriction, suspension. The evidence is at its highest, three seconds old at most.',
  },
  contained: {
    challenged: {
      title: 'Show your passkey to go on',
      why: 'Your last lookups are not like your usual work. Vigie makes sure that it is you.',
      what: 'Press the button: your passkey is enough, and you go on at once.',
    },
    restricted: {
      title: 'Only people who are present can be looked up',
      why: 'Your last lookups are not like your usual work. Patients who are with you can be served, with the code of their card.',
      what: 'To lift this at once, telephone the security officer of Vigie, at the number you know.',
    },
    suspended: {
      title: 'Your account is suspended',
      why: 'Your last lookups are not like your usual work. Nothing is told to this account any more.',
      what: 'If it was you, telephone the security officer of Vigie, at the number you know: it can be opened again at once. If it was not you, tell them too. A card proves coverage without Vigie.',
    },
    until: (at) => `If nobody sees to it, this ends on ${at}.`,
    usePasskey: 'Show my passkey',
  },
};
