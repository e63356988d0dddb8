import { createBrowserRouter, type RouteObject, useRouteError } from 'react-router';
import { Frame } from './frame/Frame.tsx';
import { ProblemNotice } from './frame/ProblemNotice.tsx';
import { Home } from './pages/Home.tsx';

/** What stands in the frame: pages of whoever is signed in. */
const framed: RouteObject[] = [
  { path: '/', element: <Home /> },
  { path: '/lookup', lazy: async () => ({ Component: (await import('./lookup/Lookup.tsx')).Lookup }) },
  {
    path: '/claims',
    lazy: async () => ({ Component: (await import('./claims/Claims.tsx')).Claims }),
  },
  {
    path: '/claims/:claim',
    lazy: async () => ({ Component: (await import('./claims/ClaimPage.tsx')).ClaimPage }),
  },
  {
    path: '/engagements',
    lazy: async () => ({ Component: (await import('./claims/Engagements.tsx')).Engagements }),
  },
  {
    path: '/plans',
    lazy: async () => ({ Component: (await import('./plans/Plans.tsx')).Plans }),
  },
  {
    path: '/plans/edit',
    lazy: async () => ({ Component: (await import('./plans/PlanPage.tsx')).PlanPage }),
  },
  {
    path: '/flagged-claims',
    lazy: async () => ({ Component: (await import('./reviewing/FlaggedClaims.tsx')).FlaggedClaims }),
  },
  {
    path: '/flagged-claims/:claim',
    lazy: async () => ({ Component: (await import('./reviewing/FlaggedClaim.tsx')).FlaggedClaim }),
  },
  {
    path: '/insurer-imports',
    lazy: async () => ({ Component: (await import('./imports/InsurerImports.tsx')).InsurerImports }),
  },
  {
    path: '/own-lookups',
    lazy: async () => ({ Component: (await import('./lookup/OwnLookups.tsx')).OwnLookups }),
  },
  { path: '/me', lazy: async () => ({ Component: (await import('./pages/Me.tsx')).Me }) },
  {
    path: '/accounts',
    lazy: async () => ({ Component: (await import('./accounts/Accounts.tsx')).Accounts }),
  },
  {
    path: '/accounts/:account',
    lazy: async () => ({ Component: (await import('./accounts/AccountPage.tsx')).AccountPage }),
  },
  {
    path: '/what-you-see',
    lazy: async () => ({ Component: (await import('./lookup/WhatYouSee.tsx')).WhatYouSee }),
  },
  {
    path: '/software',
    lazy: async () => ({ Component: (await import('./operations/Software.tsx')).Software }),
  },
  {
    path: '/ledger-health',
    lazy: async () => ({ Component: (await import('./operations/LedgerHealth.tsx')).LedgerHealth }),
  },
  {
    path: '/reviews',
    lazy: async () => ({ Component: (await import('./reviews/Reviews.tsx')).Reviews }),
  },
  {
    path: '/guard',
    lazy: async () => ({ Component: (await import('./guard/Cases.tsx')).Cases }),
  },
  {
    path: '/guard/cases/:case',
    lazy: async () => ({ Component: (await import('./guard/CasePage.tsx')).CasePage }),
  },
  {
    path: '/guard/campaigns',
    lazy: async () => ({ Component: (await import('./campaigns/Campaigns.tsx')).Campaigns }),
  },
  {
    path: '/guard/campaigns/:campaign',
    lazy: async () => ({ Component: (await import('./campaigns/CampaignPage.tsx')).CampaignPage }),
  },
  {
    path: '/guard/sweeps',
    lazy: async () => ({ Component: (await import('./campaigns/Sweeps.tsx')).Sweeps }),
  },
  {
    path: '/guard/board',
    lazy: async () => ({ Component: (await import('./guard/Board.tsx')).Board }),
  },
  {
    path: '/guard/replay',
    lazy: async () => ({ Component: (await import('./guard/Replay.tsx')).Replay }),
  },
  {
    path: '/guard/settings',
    lazy: async () => ({ Component: (await import('./guard/Settings.tsx')).Settings }),
  },
  {
    path: '/permissions',
    lazy: async () => ({ Component: (await import('./pages/Permissions.tsx')).Permissions }),
  },
];

/** The pages by their addresses, each a chunk of its own; src/http/pages.ts has the same list. */
export function createRouter() {
  return createBrowserRouter([
    {
      path: '/sign-in',
      HydrateFallback: Nothing,
      ErrorBoundary: Broken,
      lazy: async () => ({ Component: (await import('./pages/SignIn.tsx')).SignIn }),
    },
    {
      path: '/enrol',
      HydrateFallback: Nothing,
      ErrorBoundary: Broken,
      lazy: async () => ({ Component: (await import('./pages/Enrol.tsx')).Enrol }),
    },
    {
      path: '/card',
      HydrateFallback: Nothing,
      ErrorBoundary: Broken,
      lazy: async () => ({ Component: (await import('./card/CardCheck.tsx')).CardCheck }),
    },
    {
      path: '/sandbox',
      HydrateFallback: Nothing,
      ErrorBoundary: Broken,
      lazy: async () => ({ Component: (await import('./sandbox/Sandbox.tsx')).Sandbox }),
    },
    {
      element: <Frame />,
      HydrateFallback: Nothing,
      ErrorBoundary: Broken,
      children: framed,
    },
  ]);
}

/** While a page's own file is on its way; it takes less time than a message would to be read. */
function Nothing() {
  return null;
}

/** A page that could not be shown: most often its file is of a version before this one. */
function Broken() {
  const error = useRouteError();
  return (
    <main className="frame">
      <ProblemNotice error={error} again={() => window.location.reload()} />
    </main>
  );
}
