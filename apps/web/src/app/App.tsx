import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { onSessionLost } from '../api/http.js';
import { makeQueryClient, sessionQuery } from '../api/queries.js';
import { forgetHere } from '../offline/here.js';
import { Words } from '../i18n/Words.js';
import { resolver, theme } from '../theme/theme.js';
import { makeRouter } from './router.js';

const client = makeQueryClient();
const router = makeRouter(client);

// Wherever an answer says that the session is over: to the login, and afterwards back to the same place.
onSessionLost(() => {
  forgetHere();
  const { pathname, href } = router.state.location;
  if (pathname === '/login') return;
  client.removeQueries({ queryKey: sessionQuery.queryKey });
  void router.navigate({ to: '/login', search: { to: href }, replace: true });
});

type Props = Omit<ComponentProps<typeof Words>, 'children'>;

export const App = (words: Props) => (
  <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto">
    <QueryClientProvider client={client}>
      <Words {...words}>
        <RouterProvider router={router} />
      </Words>
    </QueryClientProvider>
  </MantineProvider>
);
