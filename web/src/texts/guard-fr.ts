import { numbersIn } from './numbers.ts';

/** So many, with their word: French has none and one alike. */
const number = numbersIn('fr');
const counted = (count: number, one: string, many: string) => `${number(count)} ${count < 2 ? one : many}`;
const people = (count: number) => counted(count, 'personne', 'personnes');

/** The texts of the guard's pages, in French: what English must say too. */
export const guardFr = {
  title: 'Garde',
  says: 'La garde suit le registre et met sous contrôle les comptes qui ne ressemblent plus à eux-mêmes. Jugez ce qu’elle a fait.',
  pages: {
    cases: 'Dossiers',
    campaigns: 'Campagnes',
    sweeps: 'Recherches',
    board: 'Fausses alertes',
    settings: 'Réglages',
    replay: 'Rejouer un vol',
  },
  parts: 'Parties de la garde',
  now: 'À juger maintenant',
  nothingNow: 'Rien à juger : aucun compte n’est sous contrôle de la garde.',
  watched: 'Observé seulement',
  watchedSays: 'Dossiers d’observation : rien n’a été changé.',
  past: 'Dossiers clos',
  nothingPast: 'Aucun dossier clos.',
  strongestOf: (shown: number, all: number) =>
    `${number(shown)} sur ${number(all)} sont affichés : les mesures les plus strictes d’abord, puis le plus d’indices.`,
  more: 'Voir la suite',
  moreOf: (part: string) => `Voir la suite : ${part}`,
  shownOf: (shown: number, all: number) => `${number(shown)} sur ${number(all)}`,
  newestOf: (shown: number, all: number) =>
    `Les ${number(shown)} plus récents sont affichés, sur ${number(all)}.`,
  lag: (seconds: number) =>
    `La garde a ${number(seconds)} s de retard. Les consultations continuent ; elle rattrape.`,
  quiet: (seconds: number) =>
    `La garde se tait depuis ${number(seconds)} s : un compte volé ne serait pas remarqué. Regardez vigie status.`,
  never: 'La garde n’a encore jamais suivi ce registre. Regardez vigie status.',
  allShadow: 'La garde observe seulement : elle ne met aucun compte sous contrôle.',
  heads: {
    case: 'Dossier',
    account: 'Compte',
    profession: 'Profession',
    step: 'Mesure',
    evidence: 'Indice',
    opened: 'Ouvert',
    state: 'État',
  },
  open: (id: string) => `Ouvrir le dossier ${id}`,
  honey: 'Personne leurre',
  bits: (bits: string) => `${bits} bits`,
  /** Ce qui a mené à une mesure, quand ce n’est pas l’indice du compte seul. */
  ledBy: {
    group: 'avec son groupe',
    'confirmed-member': 'seuil abaissé',
    sweep: 'trouvé par une recherche',
    person: 'confirmé dans sa campagne',
  },
  states: {
    open: 'À juger',
    answered: 'Clé présentée',
    undone: 'Annulé',
    confirmed: 'Confirmé',
    expired: 'Terminé seul',
  },
  shadow: 'Observation',
  case: {
    title: (id: string) => `Dossier ${id}`,
    of: (account: number) => `Compte ${account}`,
    back: 'Tous les dossiers',
    why: 'Pourquoi',
    whyHoney:
      'Le compte a demandé une personne qui n’existe pas, placée pour qu’une suite de numéros la rencontre. Une seule peut être un piège tendu à son comptoir : elle limite le compte. Deux différentes le suspendent. Une faute de frappe n’y mène pas.',
    whyBits: (bits: string, lookups: string) =>
      `L’indice a atteint ${bits} bits : un compte honnête y arrive en moyenne une fois toutes les ${lookups} consultations, au plus.`,
    causes: {
      group: (bits: string, accounts: string) =>
        `Ce compte se sert des mêmes choses rares que d’autres. Jugés ensemble, ${accounts} comptes ont atteint ${bits} bits.`,
      'confirmed-member': (bits: string) =>
        `Un vol a été confirmé sur un compte lié à celui-ci : ses seuils ont été abaissés. Son indice a atteint ${bits} bits.`,
      sweep:
        'Une recherche dans le passé l’a trouvé : il s’est servi des mêmes choses rares qu’un compte dont le vol est confirmé. Son propre indice n’y est pour rien.',
      person: 'Une personne a confirmé le vol de plusieurs comptes d’une campagne, dont celui-ci.',
    },
    groupAsks: (challenge: string, restrict: string, isMore: boolean) =>
      `À ce groupe, tel qu’il est maintenant, on demande ${challenge} bits pour redemander la clé et ${restrict} pour restreindre : ${isMore ? 'plus qu’à un compte seul' : 'moins qu’à un compte seul, car un vol y est confirmé'}.`,
    alone: (bits: string, challenge: string) =>
      `Seul, ce compte est monté à ${bits} bits ; dans sa profession, la clé est redemandée à ${challenge}.`,
    aloneLow: 'Seul, ce compte n’avait presque pas d’indice.',
    strongestAlone: 'Sur ce compte seul, ce qui a parlé le plus fort',
    strongest: 'Ce qui a parlé le plus fort',
    peopleBefore: 'Personnes absentes consultées, la veille',
    peopleSince: 'Personnes absentes consultées, depuis',
    opened: 'Ouvert',
    expires: 'Se termine seul',
    never: 'jamais : il attend votre jugement',
    chart: 'L’indice de ce compte, consultation après consultation',
    chartSays:
      'Un pas vers la droite est une consultation. Le trait épais est l’indice total de ce compte ; les lignes pointillées, les seuils de sa profession.',
    chartEmpty: 'Aucune consultation n’est gardée : l’indice de ce compte seul était trop bas.',
    total: 'Total',
    thresholds: { challenge: 'Clé', restrict: 'Restriction', suspend: 'Suspension' },
    choose: 'Choisir une consultation',
    placeOf: (place: number, all: number) => `Consultation ${number(place)} sur ${number(all)}`,
    previous: 'Précédente',
    next: 'Suivante',
    allLookups: (count: number) => `Toutes les consultations du graphique (${number(count)})`,
    spokenLookups: (name: string, count: number) => `Où ce signal a parlé : ${name} (${number(count)})`,
    entry: 'inscription',
    at: 'Le',
    what: 'Ce qu’elle était',
    added: 'Ce qu’elle a ajouté',
    seconds: (seconds: string) => `${seconds} s après la précédente`,
    minutes: (minutes: string) => `${minutes} min après la précédente`,
    hours: (hours: string) => `${hours} h après la précédente`,
    addedTo: (bits: string) => `Elle a porté l’indice à ${bits} bits :`,
    addedNothing: (bits: string) => `Elle n’a rien changé : l’indice est à ${bits} bits.`,
    addedUnknown: (bits: string) =>
      `L’indice est à ${bits} bits après elle. Ce qui était avant n’est pas gardé.`,
    gained: (bits: string, isMore: boolean) => `${isMore ? '+' : '−'}${bits} bits`,
    signs: {
      honey: 'personne leurre : elle n’existe pas',
      new: 'jamais consultée avant',
      elsewhere: 'd’ailleurs que d’habitude',
      neighbour: 'numéro voisin d’un autre',
      rising: 'numéro au-dessus du précédent',
      unknown: 'numéro de personne',
      refused: 'refusée',
      present: 'personne présente',
      'by-claim': 'venue d’une facture',
      unexplained: 'aucune facture à ce jour',
      explained: 'justifiée depuis',
      'other-network': 'autre réseau que juste avant',
      'other-client': 'autre logiciel que juste avant',
      'risky-sign-in': 'connexion inhabituelle pour ce compte',
      'impossible-travel': 'connexion de trop loin pour un trajet',
    },
    elsewhere: (place: string) => `d’ailleurs que d’habitude : ${place}`,
    given: (place: string) => `numéro donné en ${place}`,
    steps: 'Ce qui a été fait',
    byGuard: 'la garde',
    by: (account: number) => `compte ${account}`,
    because: (entry: string) => `après l’inscription ${entry}`,
    wrote: (entry: string) => `inscription ${entry}`,
    whats: {
      contained: 'Mis sous contrôle',
      answered: 'Le titulaire a présenté sa clé',
      undone: 'Annulé',
      confirmed: 'Confirmé',
      expired: 'Terminé, faute de confirmation',
    },
    fromTo: (from: string, to: string) => `${from} → ${to}`,
    toAccount: 'Voir le compte',
    undo: 'C’est une erreur : rouvrir…',
    confirm: 'C’est un vol : suspendre…',
    confirmKept: 'C’est un vol : laisser suspendu…',
    undoTitle: 'Rouvrir ce compte',
    confirmTitle: 'Confirmer le vol',
    undoEffect: (account: number, usual: number | null, left: number) => [
      `Le compte ${account} travaille de nouveau aussitôt ; son titulaire en est averti.`,
      usual === null
        ? 'Il n’avait servi personne les 30 jours d’avant.'
        : `Un jour ordinaire, il sert ${people(usual)} : elles le sont de nouveau.`,
      `Il peut encore consulter ${counted(left, 'personne nouvelle', 'personnes nouvelles')} avant la limite de son crédit.`,
      'Le dossier compte comme une fausse alerte, et l’indice repart de zéro.',
    ],
    undoShadow: 'Rien n’avait été changé : le dossier compte comme une fausse alerte.',
    confirmEffect: (account: number, told: number, usual: number | null) => [
      `Le compte ${account} est suspendu et le reste. Vous ne pourrez pas le rétablir seul.`,
      `${people(told)} dont les droits lui ont été dits depuis la veille ${told < 2 ? 'est peut-être concernée' : 'sont peut-être concernées'}.`,
      ...(usual === null
        ? []
        : [`Les ${people(usual)} qu’il sert un jour ordinaire ne le sont plus par lui.`]),
    ],
    ends: (sessions: number, software: number) =>
      sessions + software === 0
        ? 'Aucune session n’est ouverte : il n’y a rien à fermer.'
        : `${[
            ...(sessions === 0 ? [] : [counted(sessions, 'session se ferme', 'sessions se ferment')]),
            ...(software === 0
              ? []
              : [counted(software, 'logiciel est déconnecté', 'logiciels sont déconnectés')]),
          ].join(', ')}.`,
    counting: 'Ce que cela fera est compté…',
    whyHelp: 'Comment vous le savez. Il est scellé, et lu par vos collègues.',
    doUndo: 'Rouvrir',
    doConfirm: 'Suspendre',
    done: (account: number) => `Le compte ${account} est rouvert.`,
    doneShadow: 'Le dossier est clos.',
    confirmed: (account: number) => `Le compte ${account} est suspendu.`,
  },
  places: {
    title: 'Où les numéros ont été donnés',
    says: 'Un carré est un département, celui que dit le numéro : de naissance, non de domicile. Les personnes nouvelles du dossier sont celles dont les droits ont été dits depuis la veille, absentes et jamais consultées avant.',
    elsewhere: (elsewhere: string, people: number) =>
      people < 2
        ? `Une personne nouvelle, ${elsewhere === '0' ? 'd’un département habituel' : 'd’ailleurs que d’habitude'}.`
        : `${elsewhere} des ${number(people)} personnes nouvelles viennent d’ailleurs que d’habitude.`,
    notKnown: (people: number) =>
      `Ce qui est habituel n’est pas encore connu : il y faut 20 personnes, ce compte en a ${number(people)}.`,
    nobody: 'Aucune personne nouvelle dans ce dossier.',
    unplaced: (people: number) =>
      `Le numéro de ${counted(people, 'personne nouvelle ne dit', 'personnes nouvelles ne disent')} aucun département.`,
    tile: (name: string, people: number, usual: number) =>
      `${name} : dossier ${number(people)}, habituelles ${number(usual)}`,
    most: (name: string, people: string) => `${name} : ${people}`,
    ofCase: 'du dossier (la taille dit combien)',
    shades: {
      never: 'jamais habituel',
      seldom: 'rare',
      usual: 'habituel',
      mostly: 'habituel, une personne sur dix ou plus',
    },
    asTable: 'Les départements en tableau',
    heads: ['Département', 'Du dossier', 'Habituelles', 'Pour ce compte'],
    isUsual: 'habituel',
    isElsewhere: 'd’ailleurs',
    unknown: 'pas encore connu',
    special: {
      20: 'Corse, avant 1976',
      96: 'protectorats d’autrefois',
      985: 'Mayotte, avant 2011',
      99: 'étranger',
    } as Readonly<Record<string, string>>,
  },
  campaigns: {
    all: 'Campagnes',
    says: 'Des comptes sans lien connu qui se servent des mêmes choses rares : peut-être une seule main. Depuis qu’ils sont liés, leurs consultations sont jugées ensemble, comme celles d’un seul compte.',
    strongestOf: (shown: number, all: number) =>
      `${number(shown)} sur ${number(all)} sont affichées : ce qui est ouvert d’abord, puis le plus d’indices.`,
    none: 'Aucune campagne : aucun compte ne ressemble à un autre de trop près.',
    title: (campaign: string) => `Campagne ${campaign}`,
    back: 'Toutes les campagnes',
    states: { open: 'Ouverte', confirmed: 'Confirmée', closed: 'Close' },
    closed: 'Close',
    together: (bits: string) => `${bits} bits ensemble`,
    heads: {
      campaign: 'Campagne',
      state: 'État',
      evidence: 'Indice',
      accounts: 'Comptes',
      people: 'Personnes nouvelles',
      opened: 'Ouverte',
      account: 'Compte',
      standing: 'Statut',
      own: 'Indice propre',
      profession: 'Profession',
      organisation: 'Structure',
      joined: 'Lié',
      case: 'Dossier',
      shares: 'A en commun',
    },
    families: {
      network: 'réseau',
      client: 'logiciel',
      'sign-in': 'connexion',
      rhythm: 'rythme',
      targets: 'cibles',
    },
    shares: {
      network: 'un réseau rare',
      client: 'un logiciel rare',
      'sign-in': 'des connexions ensemble',
      rhythm: 'un même rythme',
      targets: 'des cibles qui se partagent',
    },
    graphTitle: 'Ce qui les lie',
    graphSays:
      'Au milieu, l’indice propre le plus fort. Une marque est un compte ; les mots sur un trait disent ce que deux comptes ont en commun.',
    graph: (accounts: number, links: number) =>
      `${number(accounts)} comptes et ${counted(links, 'lien', 'liens')} ; les liens sont en tableau dessous.`,
    limited: 'Clé redemandée ou restreint',
    holding: 'lien le plus fort',
    others: 'autre lien',
    linksAsTable: (links: number) => `Les liens en tableau (${number(links)})`,
    linkHeads: ['Compte', 'Autre compte', 'Ont en commun', 'Rareté, en bits'],
    linked: 'Qui d’autre est lié',
    linkedSays: (others: number, told: number) =>
      `${counted(others, 'autre compte se sert', 'autres comptes se servent')} des mêmes choses rares ; ensemble, ${people(told)} qu’ils ne connaissaient pas leur ${told < 2 ? 'a été dite' : 'ont été dites'}.`,
    sweepsOf: 'Ce qui a été relu',
    members: 'Les comptes',
    membersSay:
      'Personnes nouvelles : dites à un compte qui ne les connaissait pas ; dite à deux comptes, une personne compte deux fois. Cochez les comptes dont le vol est établi.',
    choose: (account: number) => `Choisir le compte ${account}`,
    chooseFirst: 'Cochez d’abord des comptes.',
    confirm: (accounts: number) =>
      accounts === 0
        ? 'C’est un vol : suspendre…'
        : `C’est un vol : suspendre ${counted(accounts, 'compte', 'comptes')}…`,
    close: 'Ce n’est pas une campagne…',
    confirmTitle: 'Confirmer le vol',
    confirmEffect: (of: { still: number; ends: string; people: number; others: number }) => [
      of.still === 0
        ? 'Ces comptes sont déjà suspendus, et le restent. Vous ne pourrez pas les rétablir seul.'
        : `${counted(of.still, 'compte sera suspendu', 'comptes seront suspendus')}. Vous ne pourrez pas les rétablir seul.`,
      of.ends,
      `${people(of.people)} qu’ils ne connaissaient pas ${of.people < 2 ? 'est peut-être concernée' : 'sont peut-être concernées'}.`,
      ...(of.others === 0
        ? []
        : [`Le seuil baisse pour ${counted(of.others, 'autre compte lié', 'autres comptes liés')}.`]),
      'Les 90 derniers jours sont relus, pour trouver qui d’autre s’est servi des mêmes choses.',
    ],
    confirmed: (accounts: number) =>
      `${counted(accounts, 'compte est suspendu', 'comptes sont suspendus')} ; la recherche commence.`,
    closeTitle: 'Clore la campagne',
    closeEffect: (accounts: number) => [
      `Les liens entre ces ${number(accounts)} comptes ne mènent plus à rien ; leurs dossiers restent tels quels.`,
      'Aucun compte n’est rouvert : jugez-les dans leurs dossiers.',
      'Chaque responsable de la sécurité en est averti par e-mail.',
    ],
    doClose: 'Clore',
    closedNow: 'La campagne est close.',
  },
  sweeps: {
    all: 'Recherches dans le passé',
    says: 'Un vol confirmé fait relire les 90 derniers jours : qui d’autre s’est servi des mêmes choses rares ?',
    newestOf: (shown: number, all: number) =>
      `Les ${number(shown)} plus récentes sont affichées, sur ${number(all)}.`,
    mostOf: (shown: number, all: number) =>
      `${number(shown)} comptes sur ${number(all)} sont affichés, ceux qui ont le plus de personnes d’abord.`,
    none: 'Aucune recherche : aucun vol n’a été confirmé.',
    title: (sweep: string) => `Recherche ${sweep}`,
    span: (from: string, to: string, entries: string) => `Du ${from} au ${to}, ${entries} inscriptions lues.`,
    running: 'Elle est en cours.',
    ended: (at: string) => `Terminée ${at}.`,
    found: (accounts: number, told: number) =>
      accounts === 0
        ? 'Aucun autre compte trouvé.'
        : `${counted(accounts, 'autre compte trouvé', 'autres comptes trouvés')} ; ${people(told)} ${accounts < 2 ? 'lui' : 'leur'} ${told < 2 ? 'a été dite' : 'ont été dites'}.`,
    accountsOf: (sweep: string) => `Les comptes de la recherche ${sweep}`,
    when: 'Quand',
    network: (network: number, is: { others: number; became: 'running' | 'left' | 'blocked' | 'opened' }) => {
      const used =
        is.others === 0
          ? 'aucun autre compte ne s’en est servi'
          : is.others < 100
            ? counted(is.others, 'autre compte s’en est servi', 'autres comptes s’en sont servis')
            : 'cent autres comptes ou plus s’en sont servis';
      const why =
        is.others === 0
          ? ' : depuis 30 jours, quelqu’un s’y est connecté ou l’a rouvert, ou le compte volé n’avait pas de réseau à lui ou en avait plus de cinq nouveaux, ou la garde observait seulement'
          : '';
      const so = {
        running: ' jusqu’ici',
        left: ` ; il n’a pas été bloqué${why}`,
        blocked: ' ; il a été bloqué',
        opened: ' ; il a été bloqué, puis rouvert',
      };
      return `Réseau ${network} : ${used}${so[is.became]}.`;
    },
  },
  networks: {
    title: 'Réseaux bloqués',
    says: 'Un compte volé a servi depuis ces réseaux, et aucun compte hors de cause. Personne n’y est servi, personne ne s’y connecte. Le numéro est celui des inscriptions : l’adresse n’est pas gardée.',
    heads: { network: 'Réseau', account: 'Compte volé', since: 'Depuis', state: 'État' },
    until: (at: string) => `Bloqué jusqu’au ${at}.`,
    over: (at: string) => `Blocage fini le ${at}.`,
    opened: (at: string, by: number) =>
      by === 0 ? `Rouvert le ${at} en ligne de commande.` : `Rouvert le ${at} par le compte ${by}.`,
    openAsk: 'Rouvrir…',
    openTitle: (network: number) => `Rouvrir le réseau ${network}`,
    effect: (account: number) => [
      'On peut de nouveau se connecter et consulter depuis ce réseau, aussitôt.',
      `Rien ne change pour le compte ${account}.`,
      'Tous les responsables de la sécurité sont avertis par e-mail.',
    ],
    open: 'Rouvrir le réseau',
    blockAsk: 'Bloquer…',
    blockNamed: (network: number) => `Bloquer le réseau ${network}…`,
    blockTitle: (network: number) => `Bloquer le réseau ${network}`,
    blockEffect: (days: number, stolen: number) => [
      `Pendant ${days} jours, personne n’est servi depuis ce réseau, et personne ne s’y connecte.`,
      stolen === 0
        ? 'Aucun autre compte ne s’en est servi dans les jours relus, ni ne s’y est connecté en 30 jours.'
        : `${counted(stolen, 'autre compte s’en est servi : son vol est confirmé et il est suspendu', 'autres comptes s’en sont servis : leur vol est confirmé et ils sont suspendus')}.`,
      'Le registre en garde la trace, et tous les responsables de la sécurité sont avertis par e-mail.',
      'L’un d’eux peut le rouvrir à tout moment, avec un motif.',
    ],
    block: 'Bloquer le réseau',
    used: (accounts: number, organisations: number) => [
      `Ce réseau reste ouvert : ${accounts < 100 ? counted(accounts, 'compte', 'comptes') : '100 comptes ou plus'} (${counted(organisations, 'structure', 'structures')}) s’en ${accounts < 2 ? 'sert, et personne n’a confirmé qu’il soit volé' : 'servent, et personne n’a confirmé qu’ils soient volés'}.`,
      `Le bloquer priverait de service qui n’a rien fait. ${accounts < 2 ? 'Si ce compte est volé aussi, confirmez-le d’abord dans son dossier' : 'Si ces comptes sont volés aussi, confirmez-le d’abord dans leurs dossiers'}.`,
    ],
    states: {
      unread:
        'La recherche n’est pas finie : on ne sait pas encore qui d’autre se sert de ce réseau. Attendez qu’elle se termine.',
      old: 'La recherche est finie depuis plus de 30 jours : on ne sait plus qui se sert de ce réseau. Il reste ouvert.',
      blocked: 'Ce réseau est déjà bloqué.',
    },
  },
  ofAccount: {
    title: 'Ce que la garde lui a fait',
    nothing: 'Rien : la garde n’a jamais mis ce compte sous contrôle.',
    shadow: 'observé seulement',
  },
  own: {
    title: 'Ce que la garde a fait à votre compte',
    says: 'En 90 jours. La garde met un compte sous contrôle quand ses consultations ne ressemblent plus à son travail habituel.',
    began: {
      open: (at: string) => `Le ${at}, rien n’a changé pour votre compte.`,
      challenged: (at: string) => `Le ${at}, votre clé d’accès vous a été demandée.`,
      restricted: (at: string) => `Le ${at}, votre compte a été limité aux personnes présentes.`,
      suspended: (at: string) => `Le ${at}, votre compte a été suspendu.`,
    },
    ended: {
      open: () => 'C’est encore le cas.',
      answered: (at: string) => `Vous avez présenté votre clé le ${at} : tout a repris.`,
      undone: (at: string) => `Le ${at}, une personne l’a rouvert : c’était une fausse alerte.`,
      confirmed: (at: string) => `Le ${at}, un responsable de la sécurité a confirmé un vol.`,
      expired: (at: string) => `Cela s’est terminé seul le ${at}.`,
    },
  },
  board: {
    title: 'Fausses alertes : promis, arrivé',
    says: 'Une mesure terminée que personne n’a confirmée compte comme fausse alerte. Un jour-compte est un jour où un compte a consulté.',
    days: (days: number) => `${days} jours`,
    period: 'Période',
    empty: 'Aucune consultation n’a été suivie pendant cette période.',
    of: (days: number, lookups: number) =>
      `${counted(days, 'jour-compte', 'jours-comptes')}, ${counted(lookups, 'consultation', 'consultations')}`,
    all: 'Toutes les professions',
    each: 'Par profession',
    alarms: (cases: number, wrong: number) =>
      `${counted(cases, 'dossier', 'dossiers')}, ${wrong === 0 ? 'aucune fausse alerte' : counted(wrong, 'fausse alerte', 'fausses alertes')}`,
    heads: {
      step: 'Mesure',
      promised: 'Promis au plus, en jours-comptes',
      allowed: 'Permis ici',
      falseAlarms: 'Fausses alertes',
      answered: 'Dont clé présentée',
      undone: 'Annulées',
      expired: 'Échues',
      confirmed: 'Confirmées',
      open: 'À juger',
      cases: 'Dossiers',
      shadow: 'Observés',
    },
    promised: (days: string) => `1 pour ${days}`,
    below: (least: string) => `< ${least}`,
    kept: 'tenu',
    broken: 'dépassé',
    tooEarly: 'trop tôt pour le dire',
  },
  settings: {
    title: 'Ce qui agit, ce qui observe',
    says: 'Les seuils ne se règlent pas : ils découlent d’une promesse. Ce qui observe seulement écrit des dossiers et ne change rien.',
    promise: (challenge: string, restrict: string, suspend: string) =>
      `Promesse, pour un compte honnête : au plus une fausse demande de clé en ${challenge} jours de travail, une fausse restriction en ${restrict}, une fausse suspension en ${suspend}.`,
    hours: (hours: number) =>
      `Une demande de clé ou une restriction que personne ne confirme se termine après ${hours} h.`,
    thresholds: 'Seuils',
    thresholdsSay:
      'Un bit double : dix bits, c’est mille contre un. Plus une profession consulte par jour, plus il lui faut de bits pour la même promesse.',
    byProfession: 'Les seuils par profession',
    profession: 'Profession',
    lookups: 'Consultations par jour',
    whole: 'La garde entière observe seulement',
    detectors: 'Signaux qui observent seulement',
    acts: 'agit',
    watches: 'observe',
    waiting: 'attend ses données',
    change: 'Appliquer…',
    unchanged: 'Rien n’est changé : il n’y a rien à appliquer.',
    dialog: 'Changer ce qui agit',
    effectShadow:
      'Aucun compte ne sera plus mis sous contrôle. Un vol se poursuivrait jusqu’à la limite du crédit.',
    effectSome: (count: number) =>
      `${counted(count, 'signal n’agira plus seul', 'signaux n’agiront plus seuls')}. Chaque responsable de la sécurité en est averti par e-mail.`,
    effectAll: 'Tous les signaux agissent. Chaque responsable de la sécurité en est averti par e-mail.',
    apply: 'Appliquer',
    done: 'C’est réglé, dans quelques secondes au plus.',
    setBy: (account: number, at: string) => `Réglé par le compte ${account}, ${at}.`,
  },
  replay: {
    title: 'Rejouer un vol',
    says: 'Des comptes inventés de cette démonstration sont volés sous vos yeux, et la garde les arrête. N’existe que sur une démonstration, depuis cette machine.',
    scenarios: 'Scénarios',
    accounts: 'Comptes volés',
    pace: 'Rythme',
    speed: (times: number) => (times === 1 ? 'celui du scénario' : `${number(times)} fois plus vite`),
    begin: 'Lancer',
    beginning: 'Préparation…',
    stop: 'Arrêter',
    effect:
      'Les consultations sont réelles et inscrites au registre. Les titulaires consultent d’abord dix de leurs patients ; les voleurs ont des sessions comme après un hameçonnage, et aucune clé d’accès. Les comptes restent sous contrôle un jour, ou jusqu’à ce que vous les rouvriez ; une suspension ne finit pas seule.',
    isUnderWay: 'Un vol est en cours : un seul à la fois.',
    guards: {
      off: 'La garde est éteinte : rien n’arrêterait les voleurs. Démarrez sans VIGIE_GUARD=off.',
      watches: 'La garde observe seulement : laissez-la d’abord agir, dans les réglages.',
    },
    phases: {
      preparing: 'Les titulaires travaillent',
      playing: 'Vol en cours',
      over: 'Terminé : plus aucun voleur n’obtient rien',
      stopped: 'Arrêté',
      failed: 'Interrompu',
    },
    failed: 'Le vol n’a pas pu être joué',
    troubles: {
      refused:
        'Le serveur n’a pas accepté les sessions des titulaires : son adresse n’est pas celle que la démonstration connaît. Réglez VIGIE_URL et VIGIE_PUBLIC_URL sur l’adresse où il répond.',
      unexpected:
        'La démonstration s’est interrompue. Relancez-la ; si cela revient, voyez le journal du serveur.',
    },
    detail: 'Ce que le programme en dit',
    told: 'Personnes obtenues par les voleurs',
    contained: 'Comptes sous contrôle',
    since: 'Depuis le début du vol',
    seconds: (seconds: string) => `${seconds} s`,
    picture: 'Un compte volé par ligne',
    heads: {
      account: 'Compte',
      profession: 'Profession',
      people: 'Personnes',
      evidence: 'Indice',
      step: 'Mesure',
    },
    bits: (bits: string) => `${bits} bits`,
    after: (people: string, seconds: string) => `après ${people} personnes, ${seconds} s`,
    toCase: (id: string) => `dossier ${id}`,
    toCases: 'Juger les dossiers',
    strokes:
      'Les traits de chaque barre sont les seuils : clé redemandée, restriction, suspension. L’indice est au plus haut, à trois secondes près.',
  },
  contained: {
    challenged: {
      title: 'Présentez votre clé d’accès pour continuer',
      why: 'Vos dernières consultations ne ressemblent pas à votre travail habituel. Vigie vérifie que c’est bien vous.',
      what: 'Touchez le bouton : votre clé suffit, et vous reprenez aussitôt.',
    },
    restricted: {
      title: 'Seules les personnes présentes peuvent être consultées',
      why: 'Vos dernières consultations ne ressemblent pas à votre travail habituel. Vos patients présents peuvent être servis, avec le code de leur carte.',
      what: 'Pour lever la limite tout de suite, téléphonez au responsable de la sécurité de Vigie, au numéro que vous connaissez.',
    },
    suspended: {
      title: 'Votre compte est suspendu',
      why: 'Vos dernières consultations ne ressemblent pas à votre travail habituel. Rien ne sort plus de ce compte.',
      what: 'Si c’était vous, téléphonez au responsable de la sécurité de Vigie, au numéro que vous connaissez : il peut le rouvrir aussitôt. Si ce n’était pas vous, dites-le-lui aussi. Une carte prouve la couverture sans Vigie.',
    },
    until: (at: string) => `Si personne ne s’en occupe, la limite se termine le ${at}.`,
    usePasskey: 'Présenter ma clé',
  },
};

/** What both languages say. */
export type GuardTexts = typeof guardFr;
