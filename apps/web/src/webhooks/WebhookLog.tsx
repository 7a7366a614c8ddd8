import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { WebhookMessageState, type Webhook, type WebhookMessage } from '#contracts';
import { Bone } from '../app/Bone.js';
import { notify } from '../app/notices.js';
import { Pick } from '../app/Pick.js';
import { useHomeView } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
import { moment, whole } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { replayDead, replayOne, webhookLogQuery, webhooksQuery, type MessageState } from './webhookRequests.js';
import styles from './Webhooks.module.css';

const Line = ({ message, busy, onAgain }: { message: WebhookMessage; busy: boolean; onAgain: () => void }) => {
  const { t, intl } = useWords();
  const view = useHomeView();
  const { type, caseReference, state, attempts, status, error, createdAt } = message;
  return (
    <li>
      <div>
        <code>{type}</code>
        <small>
          <Link to="/cases/$reference" params={{ reference: caseReference }} search={{ view }}>
            {caseReference}
          </Link>{' '}
          · <span title={whole(intl, createdAt)}>{moment(intl, createdAt)}</span>
        </small>
      </div>
      <div>
        <span data-state={state}>{t(`webhook.state.${state}`)}</span>
        <small>
          {[t('webhook.attempts', { count: attempts }), status ? `HTTP ${status}` : null, error]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      {state === 'waiting' ? null : (
        <Button
          size="xs"
          variant="subtle"
          disabled={busy}
          aria-label={t('webhook.again_of', { type, reference: caseReference })}
          onClick={onAgain}
        >
          {t('webhook.again')}
        </Button>
      )}
    </li>
  );
};

/** What it was told, and what it said to that: newest first. */
export const WebhookLog = ({ webhook }: { webhook: Webhook }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const [state, setState] = useState<MessageState>();
  const query = useInfiniteQuery(webhookLogQuery(webhook.id, state));
  const { run, busy } = useDeed();
  const lines = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const again = (deed: () => Promise<{ messages: number }>) =>
    void run(async () => {
      const { messages } = await deed();
      notify(t('webhook.replayed', { count: messages }));
      await client.invalidateQueries({ queryKey: webhooksQuery.queryKey });
    }, false);
  return (
    <section className={styles.log} aria-label={t('webhook.log_of', { url: webhook.url })} aria-busy={query.isPending}>
      <header>
        <Pick
          label={t('webhook.log.filter')}
          value={state}
          all={t('webhook.log.all')}
          options={WebhookMessageState.options.map((value) => ({ value, words: t(`webhook.state.${value}`) }))}
          onPick={setState}
        />
        {webhook.dead > 0 ? (
          <Button size="xs" loading={busy} onClick={() => again(() => replayDead(webhook.id))}>
            {t('webhook.again_all', { count: webhook.dead })}
          </Button>
        ) : null}
      </header>
      {query.isPending ? <Bone width="70%" height={32} /> : null}
      {query.isError ? (
        <Trouble what={t('webhook.log')} error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && lines.length === 0 ? <p>{t('webhook.log.none')}</p> : null}
      <ul>
        {lines.map((message) => (
          <Line
            key={message.id}
            message={message}
            busy={busy}
            onAgain={() => again(() => replayOne(webhook.id, message.id))}
          />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('rejects.more')}
        </Button>
      ) : null}
    </section>
  );
};
