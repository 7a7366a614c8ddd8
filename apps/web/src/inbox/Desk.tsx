import { Drawer } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { Outlet, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useHomeView } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { DeskContext } from './deskContext.js';
import { Queue } from './Queue.js';
import { QueueEdge } from './QueueEdge.js';
import { useCases } from './useCases.js';
import { useQueueKeys } from './useQueueKeys.js';
import styles from './Desk.module.css';

/** Queue and case side by side; under 960 px the queue gives way and comes back as a drawer. */
export const Desk = () => {
  const { t } = useWords();
  const home = useHomeView();
  const { view = home } = useSearch({ from: '/inside/desk' });
  const { reference } = useParams({ strict: false });
  const wide = useMediaQuery('(min-width: 960px)', true, { getInitialValueInEffect: false });
  const [drawer, { open: openQueue, close: closeQueue }] = useDisclosure(false);
  const [cursor, setCursor] = useState<string | null>(null);
  const cases = useCases(view);
  useQueueKeys({ rows: cases.rows, view, reference, cursor, setCursor });
  const desk = useMemo(() => ({ view, rows: cases.rows, openQueue }), [view, cases.rows, openQueue]);
  const queue = <Queue view={view} cases={cases} current={reference ?? cursor} onOpened={closeQueue} />;

  // Alone on the screen, the list is what the screen is about.
  const QueuePlace = wide ? 'aside' : 'main';

  return (
    <DeskContext value={desk}>
      <div className={styles.desk}>
        {wide || !reference ? (
          <QueuePlace className={styles.queue} aria-label={t('queue.label')}>
            {queue}
            <QueueEdge />
          </QueuePlace>
        ) : (
          <Drawer
            opened={drawer}
            onClose={closeQueue}
            size={340}
            padding={0}
            title={null}
            withCloseButton={false}
            attributes={{ content: { 'aria-label': t('queue.label') } }}
            classNames={{ body: styles.drawerBody, content: styles.drawer }}
          >
            {queue}
          </Drawer>
        )}
        {wide || reference ? (
          <main className={styles.case}>
            <Outlet />
          </main>
        ) : null}
      </div>
    </DeskContext>
  );
};
