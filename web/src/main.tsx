import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import './page.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { Problem } from './api/call.ts';
import { createRouter } from './router.tsx';
import { LanguageProvider } from './texts/language.tsx';
import { cssVariables, theme } from './theme.ts';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // An answer of the API is a decision: only what did not arrive is asked for again.
      retry: (count, error) => count < 2 && !(error instanceof Problem && error.status !== 0),
      staleTime: 5_000,
    },
  },
});

const nonce = document.querySelector<HTMLMetaElement>('meta[name=vigie-nonce]')?.nonce ?? '';
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queries}>
        <LanguageProvider>
          <RouterProvider router={createRouter()} />
        </LanguageProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
