/** Written by `npm run reference` from the declarations of the routes. */

export interface Api {
  'POST /v1/coverage-lookups': {
    path: null;
    query: null;
    body: {
      nir: string;
      birthDate: string;
      birthRank?: number;
      presenceCode?: string;
      careDate: string;
      careDomains?: string[];
      purpose: 'TREAT' | 'HPAYMT';
      emergency?: 'emergency-care' | 'unconscious-person' | 'person-cannot-answer';
    };
    answer: {
      careDate: string;
      covered: boolean;
      reason:
        | 'domain-not-for-profession'
        | 'covered'
        | 'rights-unreadable'
        | 'domain-not-covered'
        | 'not-started'
        | 'ended'
        | 'no-contract';
      presence: 'accepted' | 'not-accepted' | 'not-given' | 'closed';
      breakGlass: boolean;
      domains: {
        domain:
          | 'PHAR'
          | 'PH15'
          | 'LPP'
          | 'MEDG'
          | 'MEDS'
          | 'LABO'
          | 'RADL'
          | 'INF'
          | 'KIN'
          | 'AUXM'
          | 'SAGE'
          | 'EXTE'
          | 'CSTE'
          | 'HOSP'
          | 'CHAM'
          | 'OPTI'
          | 'AUDI'
          | 'DESO'
          | 'DEPR'
          | 'DEOR'
          | 'TRAN'
          | 'DIV'
          | 'CURE';
        label: {
          fr: string;
          en: string;
        };
        covered: boolean;
        reason:
          | 'domain-not-for-profession'
          | 'covered'
          | 'rights-unreadable'
          | 'domain-not-covered'
          | 'not-started'
          | 'ended'
          | 'no-contract';
      }[];
      contracts: {
        insurer: {
          name: string | null;
          amcCode: string | null;
        };
        memberNumber: string | null;
        convention: string | null;
        csr: string | null;
        responsibleContract: boolean | null;
        onlineStart: string | null;
        onlineEnd: string | null;
        printedEnd: string | null;
        domains: {
          domain:
            | 'PHAR'
            | 'PH15'
            | 'LPP'
            | 'MEDG'
            | 'MEDS'
            | 'LABO'
            | 'RADL'
            | 'INF'
            | 'KIN'
            | 'AUXM'
            | 'SAGE'
            | 'EXTE'
            | 'CSTE'
            | 'HOSP'
            | 'CHAM'
            | 'OPTI'
            | 'AUDI'
            | 'DESO'
            | 'DEPR'
            | 'DEOR'
            | 'TRAN'
            | 'DIV'
            | 'CURE';
          level: string;
          conventions: string[];
          onlineStart: string | null;
          onlineEnd: string | null;
          printedEnd: string | null;
        }[];
      }[];
    };
  };
  'GET /v1/allowance': {
    path: null;
    query: null;
    body: null;
    answer: {
      standing: 'open' | 'challenged' | 'restricted' | 'suspended';
      cap: number;
      charged: number;
      left: number;
      renewalPerDay: number;
      renews: boolean;
      claimsLeftToday: number;
      reasonsLeftThisWeek: number;
      unknownLeft: number;
      peopleToday: number;
      peoplePerDayMax: number;
      presentOnlyUntil: string | null;
    };
  };
  'POST /v1/explanations': {
    path: null;
    query: null;
    body: {
      entry: string;
      reason: 'remote-care' | 'home-visit' | 'quote-not-followed' | 'invoiced-elsewhere' | 'typing-error';
    };
    answer: {
      outcome: 'explained' | 'nothing-to-explain' | 'limit-reached';
      entry: string | null;
    };
  };
  'GET /v1/reviews': {
    path: null;
    query: null;
    body: null;
    answer: {
      reviews: {
        entry: string;
        account: number;
        kind: 'break-glass' | 'reason';
        reason:
          | 'emergency-care'
          | 'unconscious-person'
          | 'person-cannot-answer'
          | 'remote-care'
          | 'home-visit'
          | 'quote-not-followed'
          | 'invoiced-elsewhere'
          | 'typing-error';
        at: string;
        claimFollowed: boolean;
      }[];
    };
  };
  'POST /v1/reviews/{entry}': {
    path: {
      entry: string;
    };
    query: null;
    body: {
      why: 'plausible' | 'confirmed-by-holder' | 'denied-by-holder' | 'not-an-emergency' | 'repeated-use';
    };
    answer: {
      takenBack: string | null;
      isCharged: boolean;
    };
  };
  'GET /v1/guard/cases': {
    path: null;
    query: {
      account?: string;
      after?: string;
    };
    body: null;
    answer: {
      cases: {
        id: string;
        account: number;
        organisation: number;
        profession: string;
        isShadow: boolean;
        state: 'open' | 'answered' | 'undone' | 'confirmed' | 'expired';
        standing: 'open' | 'challenged' | 'restricted' | 'suspended';
        bits: number;
        isHoney: boolean;
        ledBy: 'own' | 'group' | 'confirmed-member' | 'sweep' | 'person';
        sweep: string | null;
        openedAt: string;
        closedAt: string | null;
      }[];
      counts: {
        open: number;
        watching: number;
        ended: number;
      };
      next: {
        open: string | null;
        watching: string | null;
        ended: string | null;
      };
    };
  };
  'GET /v1/guard/cases/{case}': {
    path: {
      case: string;
    };
    query: null;
    body: null;
    answer: {
      id: string;
      account: number;
      organisation: number;
      profession: string;
      isShadow: boolean;
      state: 'open' | 'answered' | 'undone' | 'confirmed' | 'expired';
      standing: 'open' | 'challenged' | 'restricted' | 'suspended';
      bits: number;
      isHoney: boolean;
      ledBy: 'own' | 'group' | 'confirmed-member' | 'sweep' | 'person';
      sweep: string | null;
      openedAt: string;
      closedAt: string | null;
      thresholds: {
        challenge: number;
        restrict: number;
        suspend: number;
      };
      expiresAt: string | null;
      peopleBefore: number;
      campaign: string | null;
      group: {
        accounts: number;
        challenge: number;
        restrict: number;
      } | null;
      peopleSince: number;
      steps: {
        what: 'contained' | 'answered' | 'undone' | 'confirmed' | 'expired';
        at: string;
        from: 'open' | 'challenged' | 'restricted' | 'suspended';
        to: 'open' | 'challenged' | 'restricted' | 'suspended';
        by: number;
        because: string | null;
        entry: string | null;
        bits: number | null;
        ledBy: 'own' | 'group' | 'confirmed-member' | 'sweep' | 'person' | null;
        why: string;
      }[];
      points: {
        entry: string;
        at: string;
        bits: number;
        own: number[];
      }[];
    };
  };
  'GET /v1/guard/cases/{case}/sigma': {
    path: {
      case: string;
    };
    query: null;
    body: null;
    answer: string;
  };
  'GET /v1/guard/board': {
    path: null;
    query: {
      days?: '30' | '90';
    };
    body: null;
    answer: {
      days: number;
      professions: {
        profession: string;
        accountDays: number;
        lookups: number;
        steps: {
          standing: 'open' | 'challenged' | 'restricted' | 'suspended';
          promisedAccountDays: number;
          allowed: number;
          cases: number;
          open: number;
          answered: number;
          falseAlarms: number;
          undone: number;
          confirmed: number;
          expired: number;
          shadow: number;
        }[];
      }[];
    };
  };
  'GET /v1/guard/cases/{case}/places': {
    path: {
      case: string;
    };
    query: null;
    body: null;
    answer: {
      people: number;
      unplaced: number;
      usualPeople: number;
      isUsualKnown: boolean;
      places: {
        departement: string;
        people: number;
        usual: number;
        isUsual: boolean | null;
      }[];
    };
  };
  'GET /v1/guard/cases/{case}/lookups': {
    path: {
      case: string;
    };
    query: null;
    body: null;
    answer: {
      lookups: {
        entry: string;
        at: string;
        sinceSeconds: number | null;
        departement: string | null;
        signs: (
          | 'honey'
          | 'new'
          | 'elsewhere'
          | 'neighbour'
          | 'rising'
          | 'unknown'
          | 'refused'
          | 'present'
          | 'by-claim'
          | 'unexplained'
          | 'explained'
          | 'other-network'
          | 'other-client'
          | 'risky-sign-in'
          | 'impossible-travel'
        )[];
        bits: number;
        added: number[] | null;
      }[];
    };
  };
  'GET /v1/guard/cases/{case}/effect': {
    path: {
      case: string;
    };
    query: null;
    body: null;
    answer: {
      sessions: number;
      software: number;
      people: number;
      usualPeople: number | null;
      newPeopleLeft: number;
    };
  };
  'POST /v1/guard/cases/{case}/undo': {
    path: {
      case: string;
    };
    query: null;
    body: {
      why: string;
    };
    answer: {
      account: number;
      isChanged: boolean;
    };
  };
  'POST /v1/guard/cases/{case}/confirm': {
    path: {
      case: string;
    };
    query: null;
    body: {
      why: string;
    };
    answer: {
      account: number;
      isChanged: boolean;
    };
  };
  'GET /v1/guard/campaigns': {
    path: null;
    query: null;
    body: null;
    answer: {
      campaigns: {
        campaign: string;
        state: 'open' | 'confirmed' | 'closed';
        bits: number;
        openedAt: string;
        closedAt: string | null;
        accounts: number;
        people: number;
      }[];
      count: number;
    };
  };
  'GET /v1/guard/campaigns/{campaign}': {
    path: {
      campaign: string;
    };
    query: null;
    body: null;
    answer: {
      campaign: string;
      state: 'open' | 'confirmed' | 'closed';
      bits: number;
      openedAt: string;
      closedAt: string | null;
      accounts: number;
      people: number;
      members: {
        account: number;
        organisation: number;
        profession: string;
        bits: number;
        standing: 'open' | 'challenged' | 'restricted' | 'suspended';
        case: string | null;
        joinedAt: string;
        people: number;
      }[];
      links: {
        one: number;
        other: number;
        weight: number;
        families: ('network' | 'client' | 'sign-in' | 'rhythm' | 'targets')[];
      }[];
      sweeps: {
        sweep: string;
        campaign: string | null;
        case: string | null;
        startedAt: string;
        endedAt: string | null;
        from: string;
        to: string;
        entries: number;
        networks: {
          network: number;
          others: number;
          became: 'left' | 'blocked' | 'opened';
        }[];
        found: number;
        people: number;
        accounts: {
          account: number;
          organisation: number;
          profession: string;
          families: ('network' | 'client' | 'sign-in' | 'rhythm' | 'targets')[];
          people: number;
          firstAt: string;
          lastAt: string;
          standing: 'open' | 'challenged' | 'restricted' | 'suspended';
        }[];
      }[];
      sweepCount: number;
    };
  };
  'GET /v1/guard/campaigns/{campaign}/effect': {
    path: {
      campaign: string;
    };
    query: null;
    body: null;
    answer: {
      members: {
        account: number;
        sessions: number;
        software: number;
      }[];
    };
  };
  'GET /v1/guard/sweeps': {
    path: null;
    query: {
      case?: string;
    };
    body: null;
    answer: {
      sweeps: {
        sweep: string;
        campaign: string | null;
        case: string | null;
        startedAt: string;
        endedAt: string | null;
        from: string;
        to: string;
        entries: number;
        networks: {
          network: number;
          others: number;
          became: 'left' | 'blocked' | 'opened';
        }[];
        found: number;
        people: number;
        accounts: {
          account: number;
          organisation: number;
          profession: string;
          families: ('network' | 'client' | 'sign-in' | 'rhythm' | 'targets')[];
          people: number;
          firstAt: string;
          lastAt: string;
          standing: 'open' | 'challenged' | 'restricted' | 'suspended';
        }[];
      }[];
      count: number;
    };
  };
  'POST /v1/guard/campaigns/{campaign}/confirmation': {
    path: {
      campaign: string;
    };
    query: null;
    body: {
      accounts: number[];
      why: string;
    };
    answer: {
      campaign: string;
      state: 'open' | 'confirmed' | 'closed';
      bits: number;
      openedAt: string;
      closedAt: string | null;
      accounts: number;
      people: number;
      members: {
        account: number;
        organisation: number;
        profession: string;
        bits: number;
        standing: 'open' | 'challenged' | 'restricted' | 'suspended';
        case: string | null;
        joinedAt: string;
        people: number;
      }[];
      links: {
        one: number;
        other: number;
        weight: number;
        families: ('network' | 'client' | 'sign-in' | 'rhythm' | 'targets')[];
      }[];
      sweeps: {
        sweep: string;
        campaign: string | null;
        case: string | null;
        startedAt: string;
        endedAt: string | null;
        from: string;
        to: string;
        entries: number;
        networks: {
          network: number;
          others: number;
          became: 'left' | 'blocked' | 'opened';
        }[];
        found: number;
        people: number;
        accounts: {
          account: number;
          organisation: number;
          profession: string;
          families: ('network' | 'client' | 'sign-in' | 'rhythm' | 'targets')[];
          people: number;
          firstAt: string;
          lastAt: string;
          standing: 'open' | 'challenged' | 'restricted' | 'suspended';
        }[];
      }[];
      sweepCount: number;
    };
  };
  'POST /v1/guard/campaigns/{campaign}/closing': {
    path: {
      campaign: string;
    };
    query: null;
    body: {
      why: string;
    };
    answer: {
      campaign: string;
      state: 'open' | 'confirmed' | 'closed';
      bits: number;
      openedAt: string;
      closedAt: string | null;
      accounts: number;
      people: number;
      members: {
        account: number;
        organisation: number;
        profession: string;
        bits: number;
        standing: 'open' | 'challenged' | 'restricted' | 'suspended';
        case: string | null;
        joinedAt: string;
        people: number;
      }[];
      links: {
        one: number;
        other: number;
        weight: number;
        families: ('network' | 'client' | 'sign-in' | 'rhythm' | 'targets')[];
      }[];
      sweeps: {
        sweep: string;
        campaign: string | null;
        case: string | null;
        startedAt: string;
        endedAt: string | null;
        from: string;
        to: string;
        entries: number;
        networks: {
          network: number;
          others: number;
          became: 'left' | 'blocked' | 'opened';
        }[];
        found: number;
        people: number;
        accounts: {
          account: number;
          organisation: number;
          profession: string;
          families: ('network' | 'client' | 'sign-in' | 'rhythm' | 'targets')[];
          people: number;
          firstAt: string;
          lastAt: string;
          standing: 'open' | 'challenged' | 'restricted' | 'suspended';
        }[];
      }[];
      sweepCount: number;
    };
  };
  'GET /v1/guard/networks': {
    path: null;
    query: null;
    body: null;
    answer: {
      networks: {
        block: string;
        network: number;
        sweep: string;
        account: number;
        blockedAt: string;
        until: string;
        blockedBy: number;
        openedAt: string | null;
        openedBy: number | null;
        why: string | null;
        openedWhy: string | null;
      }[];
      count: number;
    };
  };
  'POST /v1/guard/networks/{block}/opening': {
    path: {
      block: string;
    };
    query: null;
    body: {
      why: string;
    };
    answer: {
      networks: {
        block: string;
        network: number;
        sweep: string;
        account: number;
        blockedAt: string;
        until: string;
        blockedBy: number;
        openedAt: string | null;
        openedBy: number | null;
        why: string | null;
        openedWhy: string | null;
      }[];
      count: number;
    };
  };
  'GET /v1/guard/sweeps/{sweep}/networks/{network}/effect': {
    path: {
      sweep: string;
      network: string;
    };
    query: null;
    body: null;
    answer: {
      state: 'free' | 'used' | 'unread' | 'old' | 'blocked';
      accounts: number;
      organisations: number;
      stolen: number;
      days: number;
    };
  };
  'POST /v1/guard/sweeps/{sweep}/networks/{network}/block': {
    path: {
      sweep: string;
      network: string;
    };
    query: null;
    body: {
      why: string;
    };
    answer: {
      networks: {
        block: string;
        network: number;
        sweep: string;
        account: number;
        blockedAt: string;
        until: string;
        blockedBy: number;
        openedAt: string | null;
        openedBy: number | null;
        why: string | null;
        openedWhy: string | null;
      }[];
      count: number;
    };
  };
  'GET /v1/guard/settings': {
    path: null;
    query: null;
    body: null;
    answer: {
      isShadow: boolean;
      setBy: number | null;
      setAt: string | null;
      accountDays: {
        challenge: number;
        restrict: number;
        suspend: number;
      };
      containedHours: number;
      lag: {
        behind: number;
        behindSeconds: number;
        quietSeconds: number | null;
      };
      alarms: {
        kind: 'detector-throws' | 'claims-silent' | 'geography-missing' | 'guard-behind';
        detector: number | null;
        entries: number;
        since: string;
      }[];
      detectors: {
        number: number;
        name: string;
        fr: string;
        en: string;
        isWaiting: boolean;
        isShadow: boolean;
      }[];
    };
  };
  'POST /v1/guard/settings': {
    path: null;
    query: null;
    body: {
      isShadow: boolean;
      shadowDetectors: number[];
      why: string;
    };
    answer: {
      isShadow: boolean;
      setBy: number | null;
      setAt: string | null;
      accountDays: {
        challenge: number;
        restrict: number;
        suspend: number;
      };
      containedHours: number;
      lag: {
        behind: number;
        behindSeconds: number;
        quietSeconds: number | null;
      };
      alarms: {
        kind: 'detector-throws' | 'claims-silent' | 'geography-missing' | 'guard-behind';
        detector: number | null;
        entries: number;
        since: string;
      }[];
      detectors: {
        number: number;
        name: string;
        fr: string;
        en: string;
        isWaiting: boolean;
        isShadow: boolean;
      }[];
    };
  };
  'GET /v1/own-containment': {
    path: null;
    query: null;
    body: null;
    answer: {
      standing: 'open' | 'challenged' | 'restricted' | 'suspended';
      expiresAt: string | null;
      past: {
        openedAt: string;
        closedAt: string | null;
        state: 'open' | 'answered' | 'undone' | 'confirmed' | 'expired';
        standing: 'open' | 'challenged' | 'restricted' | 'suspended';
      }[];
    };
  };
  'GET /v1/guard/endpoints': {
    path: null;
    query: null;
    body: null;
    answer: {
      endpoints: {
        id: string;
        kind: 'webhook' | 'syslog' | 'mail';
        url: string | null;
        madeBy: number;
        createdAt: string;
        waiting: number;
        givenUp: number;
        toldAt: string | null;
        lastOutcome: string | null;
        endedAt: string | null;
        endReason: string | null;
      }[];
    };
  };
  'POST /v1/guard/endpoints': {
    path: null;
    query: null;
    body: {
      url: string;
    };
    answer: {
      endpoint: string;
      secret: string;
    };
  };
  'POST /v1/guard/endpoints/{endpoint}/end': {
    path: {
      endpoint: string;
    };
    query: null;
    body: null;
    answer: {
      done: boolean;
    };
  };
  'POST /v1/guard/endpoints/{endpoint}/replay': {
    path: {
      endpoint: string;
    };
    query: null;
    body: {
      since: string;
    };
    answer: {
      events: number;
    };
  };
  'POST /v1/quotes': {
    path: null;
    query: null;
    body: {
      nir: string;
      birthDate: string;
      birthRank?: number;
      presenceCode?: string;
      careDate: string;
      acts: {
        code: string;
        kind:
          | 'consultation'
          | 'technical-act'
          | 'imaging'
          | 'laboratory'
          | 'paramedical'
          | 'drug'
          | 'transport'
          | 'dental-care'
          | 'dental-prosthesis'
          | 'optical-frame'
          | 'optical-lens'
          | 'hearing-aid'
          | 'device'
          | 'hospital-stay'
          | 'daily-hospital-charge'
          | 'emergency-visit'
          | 'private-room';
        quantity?: number;
        priceCents: number;
        baseCents: number;
        drugRate?: 100 | 65 | 30 | 15;
        basket?: 'full' | 'moderate' | 'free';
        lensClass?: 'simple' | 'complex' | 'very-complex';
        ear?: 'left' | 'right';
        outOfPathway?: boolean;
        inHospital?: boolean;
        forLongIllness?: boolean;
        reducedCharge?: boolean;
      }[];
      practice?: {
        sector: 1 | 2;
        optam: boolean;
      };
      situation?: {
        scheme?: 'general' | 'alsace-moselle';
        longIllness?: boolean;
        maternity?: boolean;
        workAccident?: boolean;
        aid?: 'c2s' | 'ame';
      };
    };
    answer: {
      quote: string;
      validUntil: string;
      reason:
        | 'domain-not-for-profession'
        | 'covered'
        | 'rights-unreadable'
        | 'domain-not-covered'
        | 'not-started'
        | 'ended'
        | 'no-contract';
      canBeEngaged: boolean;
      totals: {
        priceCents: number;
        mandatoryGrossCents: number;
        complementaryCents: number;
        personCents: number;
      };
      shares: {
        mandatoryGrossCents: number;
        mandatoryNetCents: number;
        participationCents: number;
        franchiseCents: number;
        complementary: {
          insurer: string;
          plan: string;
          cents: number;
        }[];
        personCents: number;
        why: {
          rule:
            | 'mandatory'
            | 'local'
            | 'out-of-pathway'
            | 'costly-act'
            | 'contract'
            | 'limit'
            | 'limit-acts'
            | 'c2s'
            | 'person'
            | 'participation'
            | 'franchise';
          fr: string;
          en: string;
          cents: number;
        }[];
      }[];
    };
  };
  'POST /v1/quotes/{quote}/engagement': {
    path: {
      quote: string;
    };
    query: null;
    body: null;
    answer: {
      engagement: string;
      quote: string;
      state: 'open' | 'used' | 'cancelled' | 'expired';
      expiresOn: string;
      careDate: string;
      acts: {
        code: string;
        kind:
          | 'consultation'
          | 'technical-act'
          | 'imaging'
          | 'laboratory'
          | 'paramedical'
          | 'drug'
          | 'transport'
          | 'dental-care'
          | 'dental-prosthesis'
          | 'optical-frame'
          | 'optical-lens'
          | 'hearing-aid'
          | 'device'
          | 'hospital-stay'
          | 'daily-hospital-charge'
          | 'emergency-visit'
          | 'private-room';
        quantity?: number;
        priceCents: number;
        baseCents: number;
        drugRate?: 100 | 65 | 30 | 15;
        basket?: 'full' | 'moderate' | 'free';
        lensClass?: 'simple' | 'complex' | 'very-complex';
        ear?: 'left' | 'right';
        outOfPathway?: boolean;
        inHospital?: boolean;
        forLongIllness?: boolean;
        reducedCharge?: boolean;
      }[];
      totals: {
        priceCents: number;
        mandatoryGrossCents: number;
        complementaryCents: number;
        personCents: number;
      };
      shares: {
        mandatoryGrossCents: number;
        mandatoryNetCents: number;
        participationCents: number;
        franchiseCents: number;
        complementary: {
          insurer: string;
          plan: string;
          cents: number;
        }[];
        personCents: number;
        why: {
          rule:
            | 'mandatory'
            | 'local'
            | 'out-of-pathway'
            | 'costly-act'
            | 'contract'
            | 'limit'
            | 'limit-acts'
            | 'c2s'
            | 'person'
            | 'participation'
            | 'franchise';
          fr: string;
          en: string;
          cents: number;
        }[];
      }[];
    };
  };
  'GET /v1/engagements': {
    path: null;
    query: {
      after?: string;
    };
    body: null;
    answer: {
      engagements: {
        engagement: string;
        quote: string;
        state: 'open' | 'used' | 'cancelled' | 'expired';
        expiresOn: string;
        careDate: string;
        acts: {
          code: string;
          kind:
            | 'consultation'
            | 'technical-act'
            | 'imaging'
            | 'laboratory'
            | 'paramedical'
            | 'drug'
            | 'transport'
            | 'dental-care'
            | 'dental-prosthesis'
            | 'optical-frame'
            | 'optical-lens'
            | 'hearing-aid'
            | 'device'
            | 'hospital-stay'
            | 'daily-hospital-charge'
            | 'emergency-visit'
            | 'private-room';
          quantity?: number;
          priceCents: number;
          baseCents: number;
          drugRate?: 100 | 65 | 30 | 15;
          basket?: 'full' | 'moderate' | 'free';
          lensClass?: 'simple' | 'complex' | 'very-complex';
          ear?: 'left' | 'right';
          outOfPathway?: boolean;
          inHospital?: boolean;
          forLongIllness?: boolean;
          reducedCharge?: boolean;
        }[];
        totals: {
          priceCents: number;
          mandatoryGrossCents: number;
          complementaryCents: number;
          personCents: number;
        };
        shares: {
          mandatoryGrossCents: number;
          mandatoryNetCents: number;
          participationCents: number;
          franchiseCents: number;
          complementary: {
            insurer: string;
            plan: string;
            cents: number;
          }[];
          personCents: number;
          why: {
            rule:
              | 'mandatory'
              | 'local'
              | 'out-of-pathway'
              | 'costly-act'
              | 'contract'
              | 'limit'
              | 'limit-acts'
              | 'c2s'
              | 'person'
              | 'participation'
              | 'franchise';
            fr: string;
            en: string;
            cents: number;
          }[];
        }[];
      }[];
      withheld: number;
      next: string | null;
    };
  };
  'POST /v1/engagements/{engagement}/cancellation': {
    path: {
      engagement: string;
    };
    query: null;
    body: null;
    answer: {
      state: 'cancelled';
    };
  };
  'POST /v1/claims': {
    path: null;
    query: null;
    body: {
      nir: string;
      birthDate: string;
      birthRank?: number;
      presenceCode?: string;
      careDate: string;
      acts: {
        code: string;
        kind:
          | 'consultation'
          | 'technical-act'
          | 'imaging'
          | 'laboratory'
          | 'paramedical'
          | 'drug'
          | 'transport'
          | 'dental-care'
          | 'dental-prosthesis'
          | 'optical-frame'
          | 'optical-lens'
          | 'hearing-aid'
          | 'device'
          | 'hospital-stay'
          | 'daily-hospital-charge'
          | 'emergency-visit'
          | 'private-room';
        quantity?: number;
        priceCents: number;
        baseCents: number;
        drugRate?: 100 | 65 | 30 | 15;
        basket?: 'full' | 'moderate' | 'free';
        lensClass?: 'simple' | 'complex' | 'very-complex';
        ear?: 'left' | 'right';
        outOfPathway?: boolean;
        inHospital?: boolean;
        forLongIllness?: boolean;
        reducedCharge?: boolean;
      }[];
      practice?: {
        sector: 1 | 2;
        optam: boolean;
      };
      situation?: {
        scheme?: 'general' | 'alsace-moselle';
        longIllness?: boolean;
        maternity?: boolean;
        workAccident?: boolean;
        aid?: 'c2s' | 'ame';
      };
      prescription?: {
        rpps: string;
        day: string;
      };
      engagement?: string;
      expectedCents?: number;
      reference?: string;
      replaces?: string;
    };
    answer: {
      claim: string;
      state: 'received';
      receivedAt: string;
    };
  };
  'POST /v1/claim-batches': {
    path: null;
    query: null;
    body: {
      claims: unknown[];
    };
    answer: {
      answers: {
        claim?: string;
        receivedAt?: string;
        problem?: string;
        detail?: string;
        fields?: {
          field: string;
          says: string;
        }[];
      }[];
    };
  };
  'POST /v1/claim-resends': {
    path: null;
    query: null;
    body: {
      claims: string[];
    };
    answer: {
      answers: {
        claim?: string;
        receivedAt?: string;
        problem?: string;
        detail?: string;
        fields?: {
          field: string;
          says: string;
        }[];
      }[];
    };
  };
  'GET /v1/claims': {
    path: null;
    query: {
      state?: 'received' | 'accepted' | 'rejected' | 'cancelled' | 'contested';
      after?: string;
    };
    body: null;
    answer: {
      claims: {
        claim: string;
        withheld: boolean;
        told: null | {
          claim: string;
          reference: string | null;
          state: 'received' | 'accepted' | 'rejected' | 'cancelled' | 'contested';
          rejection: null | {
            reason:
              | 'care-in-future'
              | 'care-too-old'
              | 'act-not-for-profession'
              | 'prescription-missing'
              | 'prescription-after-care'
              | 'duplicate'
              | 'engagement-unknown'
              | 'engagement-cancelled'
              | 'engagement-used'
              | 'engagement-expired'
              | 'over-engagement'
              | 'rights-closed'
              | 'domain-not-covered'
              | 'engagement-needed'
              | 'renewal-too-early'
              | 'amounts-differ';
            fr: string;
            en: string;
            correct: {
              fr: string;
              en: string;
            };
          };
          careDate: string;
          receivedAt: string;
          decidedAt: string | null;
          engagement: string | null;
          replaces: string | null;
          priceCents: number;
          totals: null | {
            priceCents: number;
            mandatoryGrossCents: number;
            complementaryCents: number;
            personCents: number;
          };
        };
      }[];
      next: string | null;
    };
  };
  'GET /v1/claims/{claim}': {
    path: {
      claim: string;
    };
    query: null;
    body: null;
    answer: {
      claim: string;
      reference: string | null;
      state: 'received' | 'accepted' | 'rejected' | 'cancelled' | 'contested';
      rejection: null | {
        reason:
          | 'care-in-future'
          | 'care-too-old'
          | 'act-not-for-profession'
          | 'prescription-missing'
          | 'prescription-after-care'
          | 'duplicate'
          | 'engagement-unknown'
          | 'engagement-cancelled'
          | 'engagement-used'
          | 'engagement-expired'
          | 'over-engagement'
          | 'rights-closed'
          | 'domain-not-covered'
          | 'engagement-needed'
          | 'renewal-too-early'
          | 'amounts-differ';
        fr: string;
        en: string;
        correct: {
          fr: string;
          en: string;
        };
      };
      careDate: string;
      receivedAt: string;
      decidedAt: string | null;
      engagement: string | null;
      replaces: string | null;
      priceCents: number;
      totals: null | {
        priceCents: number;
        mandatoryGrossCents: number;
        complementaryCents: number;
        personCents: number;
      };
      acts: {
        code: string;
        kind:
          | 'consultation'
          | 'technical-act'
          | 'imaging'
          | 'laboratory'
          | 'paramedical'
          | 'drug'
          | 'transport'
          | 'dental-care'
          | 'dental-prosthesis'
          | 'optical-frame'
          | 'optical-lens'
          | 'hearing-aid'
          | 'device'
          | 'hospital-stay'
          | 'daily-hospital-charge'
          | 'emergency-visit'
          | 'private-room';
        quantity?: number;
        priceCents: number;
        baseCents: number;
        drugRate?: 100 | 65 | 30 | 15;
        basket?: 'full' | 'moderate' | 'free';
        lensClass?: 'simple' | 'complex' | 'very-complex';
        ear?: 'left' | 'right';
        outOfPathway?: boolean;
        inHospital?: boolean;
        forLongIllness?: boolean;
        reducedCharge?: boolean;
      }[];
      practice: {
        sector: 1 | 2;
        optam: boolean;
      };
      situation: {
        scheme?: 'general' | 'alsace-moselle';
        longIllness?: boolean;
        maternity?: boolean;
        workAccident?: boolean;
        aid?: 'c2s' | 'ame';
      };
      prescription: null | {
        rpps: string;
        day: string;
      };
      shares: {
        mandatoryGrossCents: number;
        mandatoryNetCents: number;
        participationCents: number;
        franchiseCents: number;
        complementary: {
          insurer: string;
          plan: string;
          cents: number;
        }[];
        personCents: number;
        why: {
          rule:
            | 'mandatory'
            | 'local'
            | 'out-of-pathway'
            | 'costly-act'
            | 'contract'
            | 'limit'
            | 'limit-acts'
            | 'c2s'
            | 'person'
            | 'participation'
            | 'franchise';
          fr: string;
          en: string;
          cents: number;
        }[];
      }[];
      history: {
        at: string;
        state: 'received' | 'accepted' | 'rejected' | 'cancelled' | 'contested';
        reason: string | null;
      }[];
    };
  };
  'POST /v1/claims/{claim}/cancellation': {
    path: {
      claim: string;
    };
    query: null;
    body: null;
    answer: {
      state: 'cancelled';
    };
  };
  'GET /v1/plans': {
    path: null;
    query: null;
    body: null;
    answer: {
      plans: {
        name: string;
        versions: {
          from: string;
          publishedAt: string;
          findings: number | null;
          isReplaced: boolean;
        }[];
      }[];
    };
  };
  'GET /v1/plans/{plan}': {
    path: {
      plan: string;
    };
    query: {
      from?: string;
    };
    body: null;
    answer: {
      name: string;
      from: string;
      publishedAt: string;
      document: string;
    };
  };
  'POST /v1/plan-trials': {
    path: null;
    query: null;
    body: {
      document: string;
      care?: string;
    };
    answer: {
      plan: null | {
        name: string;
        from: string;
        responsible: boolean;
      };
      problems: {
        where: string;
        says: string;
        line: number | null;
      }[];
      findings: {
        name: string;
        says: string;
        correct: string;
      }[];
      examples: {
        example:
          | 'consultation'
          | 'specialist-optam'
          | 'specialist-free'
          | 'drug'
          | 'crown-full'
          | 'crown-free'
          | 'glasses-a'
          | 'glasses-b'
          | 'hearing-one'
          | 'hearing-two'
          | 'hospital-day';
        acts: {
          code: string;
          kind:
            | 'consultation'
            | 'technical-act'
            | 'imaging'
            | 'laboratory'
            | 'paramedical'
            | 'drug'
            | 'transport'
            | 'dental-care'
            | 'dental-prosthesis'
            | 'optical-frame'
            | 'optical-lens'
            | 'hearing-aid'
            | 'device'
            | 'hospital-stay'
            | 'daily-hospital-charge'
            | 'emergency-visit'
            | 'private-room';
          quantity?: number;
          priceCents: number;
          baseCents: number;
          drugRate?: 100 | 65 | 30 | 15;
          basket?: 'full' | 'moderate' | 'free';
          lensClass?: 'simple' | 'complex' | 'very-complex';
          ear?: 'left' | 'right';
          outOfPathway?: boolean;
          inHospital?: boolean;
          forLongIllness?: boolean;
          reducedCharge?: boolean;
        }[];
        shares: {
          mandatoryGrossCents: number;
          planCents: number;
          personCents: number;
          why: {
            rule:
              | 'mandatory'
              | 'local'
              | 'out-of-pathway'
              | 'costly-act'
              | 'contract'
              | 'limit'
              | 'limit-acts'
              | 'c2s'
              | 'person'
              | 'participation'
              | 'franchise';
            fr: string;
            en: string;
            cents: number;
          }[];
        }[];
      }[];
      care: null | {
        acts: {
          code: string;
          kind:
            | 'consultation'
            | 'technical-act'
            | 'imaging'
            | 'laboratory'
            | 'paramedical'
            | 'drug'
            | 'transport'
            | 'dental-care'
            | 'dental-prosthesis'
            | 'optical-frame'
            | 'optical-lens'
            | 'hearing-aid'
            | 'device'
            | 'hospital-stay'
            | 'daily-hospital-charge'
            | 'emergency-visit'
            | 'private-room';
          quantity?: number;
          priceCents: number;
          baseCents: number;
          drugRate?: 100 | 65 | 30 | 15;
          basket?: 'full' | 'moderate' | 'free';
          lensClass?: 'simple' | 'complex' | 'very-complex';
          ear?: 'left' | 'right';
          outOfPathway?: boolean;
          inHospital?: boolean;
          forLongIllness?: boolean;
          reducedCharge?: boolean;
        }[];
        shares: {
          mandatoryGrossCents: number;
          planCents: number;
          personCents: number;
          why: {
            rule:
              | 'mandatory'
              | 'local'
              | 'out-of-pathway'
              | 'costly-act'
              | 'contract'
              | 'limit'
              | 'limit-acts'
              | 'c2s'
              | 'person'
              | 'participation'
              | 'franchise';
            fr: string;
            en: string;
            cents: number;
          }[];
        }[];
      };
      careProblems: {
        where: string;
        says: string;
        line: number | null;
      }[];
    };
  };
  'POST /v1/plan-previews': {
    path: null;
    query: null;
    body: {
      document: string;
    };
    answer: {
      plan: string;
      decidedSince: string;
      isWhole: boolean;
      isTooFew: boolean;
      all: {
        claims: number;
        acts: number;
        beforeCents: number;
        afterCents: number | null;
      };
      kinds: {
        kind:
          | 'consultation'
          | 'technical-act'
          | 'imaging'
          | 'laboratory'
          | 'paramedical'
          | 'drug'
          | 'transport'
          | 'dental-care'
          | 'dental-prosthesis'
          | 'optical-frame'
          | 'optical-lens'
          | 'hearing-aid'
          | 'device'
          | 'hospital-stay'
          | 'daily-hospital-charge'
          | 'emergency-visit'
          | 'private-room'
          | 'other';
        claims: number;
        acts: number;
        beforeCents: number;
        afterCents: number | null;
      }[];
      peoplePayLess: number | null;
      peoplePayMore: number | null;
    };
  };
  'POST /v1/plans': {
    path: null;
    query: null;
    body: {
      document: string;
      accepts?: string[];
    };
    answer: {
      name: string;
      from: string;
      isRetroactive: boolean;
    };
  };
  'GET /v1/flagged-claims': {
    path: null;
    query: {
      after?: string;
    };
    body: null;
    answer: {
      claims: {
        claim: string;
        told: null | {
          claim: string;
          signals: {
            signal: 'care-after-death' | 'care-outside-cover' | 'impossible-combination' | 'paid-elsewhere';
            fr: string;
            en: string;
          }[];
          state: 'received' | 'accepted' | 'rejected' | 'cancelled' | 'contested';
          careDate: string;
          receivedAt: string;
          decidedAt: string | null;
          organisation: number;
          kinds: (
            | 'consultation'
            | 'technical-act'
            | 'imaging'
            | 'laboratory'
            | 'paramedical'
            | 'drug'
            | 'transport'
            | 'dental-care'
            | 'dental-prosthesis'
            | 'optical-frame'
            | 'optical-lens'
            | 'hearing-aid'
            | 'device'
            | 'hospital-stay'
            | 'daily-hospital-charge'
            | 'emergency-visit'
            | 'private-room'
          )[];
          ownCents: number | null;
          flaggedAt: string;
          seenAt: string | null;
          seenBy: number | null;
        };
      }[];
      next: string | null;
      left: number | null;
    };
  };
  'GET /v1/flagged-claims/{claim}': {
    path: {
      claim: string;
    };
    query: null;
    body: null;
    answer: {
      claim: string;
      signals: {
        signal: 'care-after-death' | 'care-outside-cover' | 'impossible-combination' | 'paid-elsewhere';
        fr: string;
        en: string;
      }[];
      state: 'received' | 'accepted' | 'rejected' | 'cancelled' | 'contested';
      careDate: string;
      receivedAt: string;
      decidedAt: string | null;
      organisation: number;
      kinds: (
        | 'consultation'
        | 'technical-act'
        | 'imaging'
        | 'laboratory'
        | 'paramedical'
        | 'drug'
        | 'transport'
        | 'dental-care'
        | 'dental-prosthesis'
        | 'optical-frame'
        | 'optical-lens'
        | 'hearing-aid'
        | 'device'
        | 'hospital-stay'
        | 'daily-hospital-charge'
        | 'emergency-visit'
        | 'private-room'
      )[];
      ownCents: number | null;
      flaggedAt: string;
      seenAt: string | null;
      seenBy: number | null;
      rejection:
        | null
        | (
            | 'care-in-future'
            | 'care-too-old'
            | 'act-not-for-profession'
            | 'prescription-missing'
            | 'prescription-after-care'
            | 'duplicate'
            | 'engagement-unknown'
            | 'engagement-cancelled'
            | 'engagement-used'
            | 'engagement-expired'
            | 'over-engagement'
            | 'rights-closed'
            | 'domain-not-covered'
            | 'engagement-needed'
            | 'renewal-too-early'
            | 'amounts-differ'
          );
      acts: {
        code: string;
        kind:
          | 'consultation'
          | 'technical-act'
          | 'imaging'
          | 'laboratory'
          | 'paramedical'
          | 'drug'
          | 'transport'
          | 'dental-care'
          | 'dental-prosthesis'
          | 'optical-frame'
          | 'optical-lens'
          | 'hearing-aid'
          | 'device'
          | 'hospital-stay'
          | 'daily-hospital-charge'
          | 'emergency-visit'
          | 'private-room';
        quantity: number;
        basket: string | null;
        ear: string | null;
        priceCents: number;
        baseCents: number;
        mandatoryGrossCents: number | null;
        own: {
          plan: string;
          cents: number;
        }[];
      }[];
      history: {
        at: string;
        state: 'received' | 'accepted' | 'rejected' | 'cancelled' | 'contested';
      }[];
      contests: {
        what: 'contest' | 'withdraw';
        why: string;
        at: string;
        by: number;
      }[];
    };
  };
  'POST /v1/flagged-claims/{claim}/seen': {
    path: {
      claim: string;
    };
    query: null;
    body: null;
    answer: {
      done: boolean;
    };
  };
  'POST /v1/claims/{claim}/contest': {
    path: {
      claim: string;
    };
    query: null;
    body: {
      why: string;
    };
    answer: {
      state: 'contested';
    };
  };
  'POST /v1/claims/{claim}/contest-withdrawal': {
    path: {
      claim: string;
    };
    query: null;
    body: {
      why: string;
    };
    answer: {
      state: 'accepted';
    };
  };
  'GET /v1/insurer-imports': {
    path: null;
    query: null;
    body: null;
    answer: {
      imports: {
        id: number;
        state: 'queued' | 'running' | 'done' | 'failed' | 'interrupted';
        full: boolean;
        dryRun: boolean;
        counts: {
          lines: number;
          people: number;
          added: number;
          changed: number;
          unchanged: number;
          closed: number;
          rejected: number;
        };
        message: string | null;
        receivedAt: string | null;
        startedAt: string | null;
        endedAt: string | null;
      }[];
    };
  };
  'GET /v1/insurer-imports/{id}/rejected': {
    path: {
      id: string;
    };
    query: {
      after?: string;
    };
    body: null;
    answer: {
      lines: {
        line: number;
        column: string | null;
        valueClass: string;
        reason: string;
      }[];
      next: number | null;
    };
  };
  'POST /v1/enrolment-options': {
    path: null;
    query: null;
    body: {
      link: string;
      code: string;
    };
    answer: {
      [k: string]: unknown;
    };
  };
  'POST /v1/enrolments': {
    path: null;
    query: null;
    body: {
      invitation: {
        link: string;
        code: string;
      };
      credential: {
        id: string;
        rawId: string;
        type: 'public-key';
        clientExtensionResults: {
          [k: string]: unknown;
        };
        authenticatorAttachment?: 'platform' | 'cross-platform';
        response: {
          clientDataJSON: string;
          attestationObject: string;
          authenticatorData?: string;
          publicKey?: string;
          publicKeyAlgorithm?: number;
          transports?: string[];
        };
      };
    };
    answer: {
      account: number;
    };
  };
  'POST /v1/sign-in-options': {
    path: null;
    query: null;
    body: {};
    answer: {
      [k: string]: unknown;
    };
  };
  'POST /v1/sessions': {
    path: null;
    query: null;
    body: {
      id: string;
      rawId: string;
      type: 'public-key';
      clientExtensionResults: {
        [k: string]: unknown;
      };
      authenticatorAttachment?: 'platform' | 'cross-platform';
      response: {
        clientDataJSON: string;
        authenticatorData: string;
        signature: string;
        userHandle?: string;
      };
    };
    answer: {
      account: number;
    };
  };
  'GET /v1/session': {
    path: null;
    query: null;
    body: null;
    answer: {
      account: number;
      role:
        | 'professional'
        | 'organisation-administrator'
        | 'insurer-agent'
        | 'insurer-administrator'
        | 'insurer-service'
        | 'security-officer'
        | 'data-protection-officer'
        | 'auditor'
        | 'member';
      profession: string;
      organisation: {
        number: number;
        name: string;
      };
      permissions: (
        | 'own-session'
        | 'lookup-coverage'
        | 'quote'
        | 'claim'
        | 'explain-draw'
        | 'read-allowance'
        | 'read-own-lookups'
        | 'own-webhooks'
        | 'import'
        | 'read-imports'
        | 'read-plans'
        | 'publish-plan'
        | 'review-claims'
        | 'read-accounts'
        | 'change-allowance'
        | 'invite-holder'
        | 'end-sessions'
        | 'suspend-account'
        | 'reinstate-account'
        | 'read-software'
        | 'revoke-software'
        | 'read-ledger-health'
        | 'read-guard-board'
        | 'manage-guard'
        | 'review-explanations'
      )[];
      sessions: {
        session: string;
        isThis: boolean;
        createdAt: string;
        seenAt: string;
      }[];
      passkeys: {
        passkey: string;
        createdAt: string;
        backedUp: boolean;
      }[];
    };
  };
  'POST /v1/session/end': {
    path: null;
    query: null;
    body: null;
    answer: {
      done: boolean;
      next?: string;
    };
  };
  'POST /v1/sessions/{session}/end': {
    path: {
      session: string;
    };
    query: null;
    body: null;
    answer: {
      done: boolean;
    };
  };
  'POST /v1/passkey-options': {
    path: null;
    query: null;
    body: {};
    answer: {
      [k: string]: unknown;
    };
  };
  'POST /v1/passkeys': {
    path: null;
    query: null;
    body: {
      id: string;
      rawId: string;
      type: 'public-key';
      clientExtensionResults: {
        [k: string]: unknown;
      };
      authenticatorAttachment?: 'platform' | 'cross-platform';
      response: {
        clientDataJSON: string;
        attestationObject: string;
        authenticatorData?: string;
        publicKey?: string;
        publicKeyAlgorithm?: number;
        transports?: string[];
      };
    };
    answer: {
      done: boolean;
    };
  };
  'POST /v1/passkeys/{passkey}/remove': {
    path: {
      passkey: string;
    };
    query: null;
    body: null;
    answer: {
      done: boolean;
    };
  };
  'GET /v1/psc': {
    path: null;
    query: null;
    body: null;
    answer: {
      start: string;
    };
  };
  'GET /v1/psc/start': {
    path: null;
    query: null;
    body: null;
    answer: null;
  };
  'GET /v1/accounts': {
    path: null;
    query: {
      search?: string;
      role?:
        | 'professional'
        | 'organisation-administrator'
        | 'insurer-agent'
        | 'insurer-administrator'
        | 'insurer-service'
        | 'security-officer'
        | 'data-protection-officer'
        | 'auditor'
        | 'member';
      profession?: string;
      standing?: 'contained' | 'challenged' | 'restricted' | 'suspended';
      sort?: 'number' | '-number' | 'profession' | '-profession' | 'seen' | '-seen';
      after?: string;
    };
    body: null;
    answer: {
      accounts: {
        account: number;
        holder: string;
        organisation: {
          number: number;
          name: string;
        };
        profession: string;
        role:
          | 'professional'
          | 'organisation-administrator'
          | 'insurer-agent'
          | 'insurer-administrator'
          | 'insurer-service'
          | 'security-officer'
          | 'data-protection-officer'
          | 'auditor'
          | 'member';
        standing: 'open' | 'challenged' | 'restricted' | 'suspended';
        passkeys: number;
        seenAt: string | null;
      }[];
      next: number | null;
    };
  };
  'GET /v1/accounts/{account}': {
    path: {
      account: string;
    };
    query: null;
    body: null;
    answer: {
      account: number;
      holder: string;
      organisation: {
        number: number;
        name: string;
      };
      profession: string;
      role:
        | 'professional'
        | 'organisation-administrator'
        | 'insurer-agent'
        | 'insurer-administrator'
        | 'insurer-service'
        | 'security-officer'
        | 'data-protection-officer'
        | 'auditor'
        | 'member';
      standing: 'open' | 'challenged' | 'restricted' | 'suspended';
      passkeys: number;
      seenAt: string | null;
      allowance: {
        charged: number;
        cap: number;
        left: number;
        renewalPerDay: number;
        renews: boolean;
        peopleToday: number;
        peoplePerDayMax: number;
      };
      days: {
        day: string;
        drawn: number;
        explained: number;
        claims: number;
        present: number;
        byHand: number;
        lookups: number;
        refused: number;
      }[];
      sessions: {
        session: string;
        createdAt: string;
        seenAt: string;
        endedAt: string | null;
        network: number;
        client: number;
      }[];
      software: {
        session: string;
        name: string;
        scope: string;
        createdAt: string;
        expiresAt: string | null;
        endedAt: string | null;
      }[];
      deeds: {
        what:
          | 'open'
          | 'suspended'
          | 'invited'
          | 'allowance'
          | 'opened'
          | 'passkey-made'
          | 'passkey-removed'
          | 'sessions-ended';
        at: string;
        by: number;
        why: string;
        cap: number | null;
      }[];
    };
  };
  'GET /v1/consents': {
    path: null;
    query: null;
    body: null;
    answer: {
      consents: {
        consent: string;
        software: string;
        scope: string;
        createdAt: string;
        expiresAt: string;
      }[];
    };
  };
  'POST /v1/consents/{consent}/end': {
    path: {
      consent: string;
    };
    query: null;
    body: null;
    answer: {
      done: boolean;
    };
  };
  'POST /v1/accounts/{account}/invitations': {
    path: {
      account: string;
    };
    query: null;
    body: {
      why: string;
    };
    answer: {
      link: string;
      code: string;
    };
  };
  'POST /v1/accounts/{account}/sessions/end': {
    path: {
      account: string;
    };
    query: null;
    body: {};
    answer: {
      ended: number;
    };
  };
  'POST /v1/accounts/{account}/suspension': {
    path: {
      account: string;
    };
    query: null;
    body: {
      why: string;
    };
    answer: {
      done: boolean;
    };
  };
  'POST /v1/accounts/{account}/reinstatement': {
    path: {
      account: string;
    };
    query: null;
    body: {
      why: string;
    };
    answer: {
      done: boolean;
    };
  };
  'GET /v1/software-clients': {
    path: null;
    query: {
      before?: string;
    };
    body: null;
    answer: {
      clients: {
        client: string;
        number: number;
        name: string;
        organisation: {
          number: number;
          name: string;
        };
        kind: 'service' | 'acts-for-people';
        account: number | null;
        keys: {
          kid: string;
          algorithm: 'ES256' | 'EdDSA' | 'Ed25519';
        }[];
        keysAt: string;
        scopes: (
          | 'lookup-coverage'
          | 'quote'
          | 'claim'
          | 'explain-draw'
          | 'read-allowance'
          | 'own-webhooks'
          | 'import'
        )[];
        createdAt: string;
        seenAt: string | null;
        live: number;
        revoked: {
          at: string;
          by: number;
          why: string;
        } | null;
      }[];
      next: number | null;
    };
  };
  'POST /v1/software-clients/{client}/revocation': {
    path: {
      client: string;
    };
    query: null;
    body: {
      why: string;
    };
    answer: {
      done: boolean;
    };
  };
  'GET /v1/ledger-health': {
    path: null;
    query: null;
    body: null;
    answer: {
      at: string;
      concerns: (
        | 'clock-jumped'
        | 'clocks-apart'
        | 'lane-ahead'
        | 'no-month'
        | 'disk-low'
        | 'standby-behind'
        | 'import-quiet'
      )[];
      lanes: {
        lane: number;
        entries: string;
        today: number;
        lastHour: number;
        refusalsToday: number;
        lastAt: string | null;
        isAhead: boolean;
        inFlight: number;
        waiting: number;
      }[];
      clock: {
        aheadSeconds: number;
        hasJumped: boolean;
      };
      accounts: {
        all: number;
        atCap: number;
        contained: number;
      };
      monthsUntil: string | null;
      monthsReady: number;
      imports: {
        waiting: number;
        running: number;
        quiet: number;
      };
      standbys: number;
      behindBytes: number | null;
      disks: {
        what: string;
        freeBytes: number;
        totalBytes: number;
      }[];
    };
  };
  'GET /v1/own-lookups': {
    path: null;
    query: null;
    body: null;
    answer: {
      lookups: {
        entry: string;
        at: string;
        outcome: 'disclosed' | 'refused' | 'unknown';
        purpose: string;
        present: boolean;
        fields: string[];
        insurers: string[];
      }[];
    };
  };
  'POST /v1/accounts/{account}/allowance': {
    path: {
      account: string;
    };
    query: null;
    body: {
      cap: number;
      why: string;
    };
    answer: {
      entry: string;
    };
  };
  'POST /v1/webhook-endpoints': {
    path: null;
    query: null;
    body: {
      url: string;
    };
    answer: {
      endpoint: string;
      secret: string;
    };
  };
  'GET /v1/webhook-endpoints': {
    path: null;
    query: null;
    body: null;
    answer: {
      endpoints: {
        id: string;
        url: string;
        createdAt: string;
        oldSecretUntil: string | null;
        endedAt: string | null;
        endReason: ('holder' | 'gone') | null;
      }[];
    };
  };
  'POST /v1/webhook-endpoints/{endpoint}/secret': {
    path: {
      endpoint: string;
    };
    query: null;
    body: null;
    answer: {
      secret: string;
      oldSecretUntil: string | null;
    };
  };
  'POST /v1/webhook-endpoints/{endpoint}/end': {
    path: {
      endpoint: string;
    };
    query: null;
    body: null;
    answer: {
      done: boolean;
    };
  };
  'POST /v1/webhook-endpoints/{endpoint}/test': {
    path: {
      endpoint: string;
    };
    query: null;
    body: null;
    answer: {
      delivery: string;
    };
  };
  'GET /v1/webhook-deliveries': {
    path: null;
    query: {
      endpoint?: string;
    };
    body: null;
    answer: {
      deliveries: {
        id: string;
        endpoint: string;
        type:
          | 'claim.accepted'
          | 'claim.rejected'
          | 'claim.cancelled'
          | 'claim.contested'
          | 'claim.contest-withdrawn'
          | 'endpoint.test';
        claim: string | null;
        at: string;
        tries: number;
        outcome: string | null;
        deliveredAt: string | null;
        nextAt: string | null;
        givenUpAt: string | null;
      }[];
    };
  };
  'POST /v1/webhook-deliveries/{delivery}/replay': {
    path: {
      delivery: string;
    };
    query: null;
    body: null;
    answer: {
      done: boolean;
    };
  };
  'GET /v1/demo-door': {
    path: null;
    query: null;
    body: null;
    answer: {
      people: {
        account: number;
        name: string;
        role:
          | 'professional'
          | 'organisation-administrator'
          | 'insurer-agent'
          | 'insurer-administrator'
          | 'insurer-service'
          | 'security-officer'
          | 'data-protection-officer'
          | 'auditor'
          | 'member';
        profession: string;
      }[];
    };
  };
  'POST /v1/demo-sessions': {
    path: null;
    query: null;
    body: {
      account: number;
    };
    answer: {
      account: number;
    };
  };
  'GET /v1/sandbox': {
    path: null;
    query: null;
    body: null;
    answer: {
      now: string;
      clockMoves: boolean;
      insurer: string;
      people: {
        nir: string;
        birthDate: string;
        name: string;
        does: string;
        by: 'rules' | 'scenario';
        says: {
          fr: string;
          en: string;
        };
      }[];
    };
  };
  'GET /v1/sandbox/calls': {
    path: null;
    query: null;
    body: null;
    answer: {
      calls: {
        call: number;
        at: string;
        method: string;
        path: string;
        status: number;
        code: string | null;
        entry: string | null;
        ms: number;
      }[];
    };
  };
  'GET /v1/sandbox/calls/{call}': {
    path: {
      call: string;
    };
    query: null;
    body: null;
    answer: {
      call: number;
      at: string;
      method: string;
      path: string;
      status: number;
      code: string | null;
      entry: string | null;
      ms: number;
      idempotencyKey: string | null;
      sent: string | null;
      answered: string | null;
    };
  };
  'POST /v1/sandbox/clock': {
    path: null;
    query: null;
    body: {
      to?: string;
      forwardDays?: number;
    };
    answer: {
      now: string;
    };
  };
  'GET /v1/replay': {
    path: null;
    query: null;
    body: null;
    answer: {
      guard: 'acts' | 'watches' | 'off';
      scenarios: {
        name: string;
        says: {
          fr: string;
          en: string;
        };
        accounts: number;
        event: null | {
          people: number;
          says: {
            fr: string;
            en: string;
          };
        };
      }[];
      replay: null | {
        scenario: string;
        speed: number;
        phase: 'preparing' | 'playing' | 'over' | 'stopped' | 'failed';
        trouble: null | {
          is: 'refused' | 'unexpected';
          detail: string;
        };
        startedAt: string;
        seconds: number;
        people: number;
        lines: {
          account: number;
          profession: string;
          lookups: number;
          refused: number;
          people: number;
          bits: number;
          thresholds: {
            challenge: number;
            restrict: number;
            suspend: number;
          };
          standing: 'open' | 'challenged' | 'restricted' | 'suspended';
          contained: null | {
            standing: 'open' | 'challenged' | 'restricted' | 'suspended';
            people: number;
            seconds: number;
          };
          caseFile: string | null;
          end: string | null;
        }[];
      };
    };
  };
  'POST /v1/replay': {
    path: null;
    query: null;
    body: {
      scenario: string;
      accounts?: number;
      speed?: number;
    };
    answer: {
      guard: 'acts' | 'watches' | 'off';
      scenarios: {
        name: string;
        says: {
          fr: string;
          en: string;
        };
        accounts: number;
        event: null | {
          people: number;
          says: {
            fr: string;
            en: string;
          };
        };
      }[];
      replay: null | {
        scenario: string;
        speed: number;
        phase: 'preparing' | 'playing' | 'over' | 'stopped' | 'failed';
        trouble: null | {
          is: 'refused' | 'unexpected';
          detail: string;
        };
        startedAt: string;
        seconds: number;
        people: number;
        lines: {
          account: number;
          profession: string;
          lookups: number;
          refused: number;
          people: number;
          bits: number;
          thresholds: {
            challenge: number;
            restrict: number;
            suspend: number;
          };
          standing: 'open' | 'challenged' | 'restricted' | 'suspended';
          contained: null | {
            standing: 'open' | 'challenged' | 'restricted' | 'suspended';
            people: number;
            seconds: number;
          };
          caseFile: string | null;
          end: string | null;
        }[];
      };
    };
  };
  'POST /v1/replay/stop': {
    path: null;
    query: null;
    body: {};
    answer: {
      guard: 'acts' | 'watches' | 'off';
      scenarios: {
        name: string;
        says: {
          fr: string;
          en: string;
        };
        accounts: number;
        event: null | {
          people: number;
          says: {
            fr: string;
            en: string;
          };
        };
      }[];
      replay: null | {
        scenario: string;
        speed: number;
        phase: 'preparing' | 'playing' | 'over' | 'stopped' | 'failed';
        trouble: null | {
          is: 'refused' | 'unexpected';
          detail: string;
        };
        startedAt: string;
        seconds: number;
        people: number;
        lines: {
          account: number;
          profession: string;
          lookups: number;
          refused: number;
          people: number;
          bits: number;
          thresholds: {
            challenge: number;
            restrict: number;
            suspend: number;
          };
          standing: 'open' | 'challenged' | 'restricted' | 'suspended';
          contained: null | {
            standing: 'open' | 'challenged' | 'restricted' | 'suspended';
            people: number;
            seconds: number;
          };
          caseFile: string | null;
          end: string | null;
        }[];
      };
    };
  };
}
