import { Drawer } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useParams } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import type { CaseDetail, TimelineEntry } from '#contracts';
import { ApiFailure } from '../api/http.js';
import { Trouble } from '../app/Trouble.js';
import { IncidentStrip } from '../incident/IncidentStrip.js';
import { SuggestionBanner } from '../matching/SuggestionBanner.js';
import { useWords } from '../i18n/Words.js';
import { CaseBones } from './CaseBones.js';
import { CaseHeader } from './CaseHeader.js';
import { UnfoldedContext, WritingContext, type Writing } from './caseContext.js';
import { Composer, type ComposerHandle } from './Composer.js';
import { CustomerContext } from './CustomerContext.js';
import { keepDraft, restoreDraft } from './drafts.js';
import { useReadOnSight } from '../notifications/useReadOnSight.js';
import { useSeat } from '../presence/desk.js';
import { threadsAsTold } from './paths.rules.js';
import { Story } from '../story/Story.js';
import { UnknownCase } from '../tracking/UnknownCase.js';
import { Timeline } from './Timeline.js';
import { useOpened, type OpenedTimeline } from './useOpened.js';
import { useReading } from './useReading.js';
import { useShown } from './useShown.js';
import { UntoldStrip } from './UntoldStrip.js';
import styles from './CasePane.module.css';

/** The case of the address. */
export const CasePane = () => {
  const { t } = useWords();
  const { reference } = useParams({ from: '/inside/desk/cases/$reference' });
  const { opened, timeline, entries } = useOpened(reference);
  if (opened.data)
    return <OpenedCase key={opened.data.id} detail={opened.data} timeline={timeline} entries={entries} />;
  if (opened.isPending) return <CaseBones reference={reference} />;
  if (opened.error instanceof ApiFailure && opened.error.status === 404) return <UnknownCase reference={reference} />;
  return (
    <div className={styles.pane}>
      <Trouble what={t('error.case')} error={opened.error} onRetry={() => void opened.refetch()} />
    </div>
  );
};

interface Props {
  detail: CaseDetail;
  timeline: OpenedTimeline;
  entries: TimelineEntry[];
}

/** Header, story, timeline, composer; the customer beside them where there is room. */
const OpenedCase = ({ detail: known, timeline, entries }: Props) => {
  const detail = useMemo(() => ({ ...known, threads: threadsAsTold(known.threads, entries) }), [known, entries]);
  const [unfolded] = useState(() => new Set<string>());
  const { t } = useWords();
  const roomy = useMediaQuery('(min-width: 1280px)', true, { getInitialValueInEffect: false });
  const [drawer, { open: openContext, close: closeContext }] = useDisclosure(false);
  const composer = useRef<ComposerHandle>(null);
  useSeat(detail.id, 'viewing');
  const shown = useShown(entries);
  useReadOnSight(detail.id, shown.filter === 'all');
  const { unseenId } = useReading(detail, entries, timeline.isSuccess, shown);
  const writing = useMemo<Writing>(
    () => ({
      write: (tab, handoffId) => {
        if (handoffId) keepDraft(detail.id, 'partner', { threadId: handoffId });
        composer.current?.write(tab);
      },
      sendBy: (thread, text) => {
        restoreDraft(detail.id, 'customer', { text, attachments: [], threadId: thread.id });
        keepDraft(detail.id, 'customer', { threadId: thread.id });
        composer.current?.write('customer');
      },
    }),
    [detail.id],
  );
  return (
    <WritingContext value={writing}>
      <article className={styles.pane} aria-label={`${detail.customer.displayName} ${detail.reference}`}>
        <CaseHeader detail={detail} onContext={roomy ? null : openContext} />
        <IncidentStrip detail={detail} />
        <UntoldStrip detail={detail} />
        <SuggestionBanner detail={detail} />
        <Story detail={detail} />
        <UnfoldedContext value={unfolded}>
          <Timeline detail={detail} timeline={timeline} entries={entries} shown={shown} unseenId={unseenId} />
        </UnfoldedContext>
        <Composer detail={detail} entries={entries} shown={shown} handle={composer} />
      </article>
      {roomy ? (
        <aside className={styles.context} aria-label={t('context.label')}>
          <CustomerContext detail={detail} />
        </aside>
      ) : (
        <Drawer
          opened={drawer}
          onClose={closeContext}
          position="right"
          size={360}
          padding={0}
          title={t('context.label')}
          closeButtonProps={{ 'aria-label': t('app.close') }}
          classNames={{ content: styles.drawer, header: styles.drawerHead }}
        >
          <CustomerContext detail={detail} />
        </Drawer>
      )}
    </WritingContext>
  );
};
