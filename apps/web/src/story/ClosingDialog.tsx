import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AgreementHow, Blocker, CaseDetail, Closing } from '#contracts';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import { Trouble } from '../app/Trouble.js';
import { changeCase, readCase } from '../api/requests.js';
import { firstName } from '../case/caseContext.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { Deciding } from '../presence/Deciding.js';
import { useDecisionLock } from '../presence/useDecisionLock.js';
import { closingQuery, decidePromise, moveImpact } from './requests.js';
import { useStoryDeed } from './useStoryDeed.js';
import styles from './Closing.module.css';

type How = AgreementHow | 'none';
const HOWS: How[] = ['message', 'phone', 'store', 'none'];

interface Props {
  detail: CaseDetail;
  onClose: () => void;
}

/** What is still open, each with the one click that settles it, where there is one. */
const BlockerLine = ({ blocker, detail }: { blocker: Blocker; detail: CaseDetail }) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { run, busy } = useStoryDeed(detail);
  return (
    <li>
      <span>{blocker.text[language]}</span>
      {blocker.kind === 'impact' ? (
        <Button size="xs" loading={busy} onClick={() => void run(() => moveImpact(detail.id, blocker.id, 'restored'))}>
          {t('closing.impact.restored')}
        </Button>
      ) : null}
      {blocker.kind === 'promise' ? (
        <Button
          size="xs"
          loading={busy}
          onClick={() => void run(() => decidePromise(detail.id, blocker.id, { state: 'kept' }))}
        >
          {t('closing.promise.kept')}
        </Button>
      ) : null}
    </li>
  );
};

const QuestionLine = ({ question }: Pick<Closing, 'question'>) => {
  const { t, intl } = useWords();
  if (!question) return null;
  const { state, askedAt, dueAt } = question;
  if (state === 'asked' && askedAt && dueAt)
    return <p>{t('closing.asked', { asked: moment(intl, askedAt), due: moment(intl, dueAt) })}</p>;
  if (state === 'planned' || state === 'unreachable' || state === 'answered' || state === 'denied')
    return <p>{t(`closing.${state}`)}</p>;
  return null;
};

/** Ends a case: what keeps it open and the way to each; then how the customer said that it is solved. */
export default function ClosingDialog({ detail, onClose }: Props) {
  const { t } = useWords();
  const { run, busy, problem } = useStoryDeed(detail);
  const lock = useDecisionLock(detail.id, 'closing');
  const { data, error, isError, refetch } = useQuery(closingQuery(detail.id));
  const [how, setHow] = useState<How | null>(null);
  const name = firstName(detail.customer.displayName);
  const blockers = data?.blockers ?? [];
  const answerId = data?.question?.answerId ?? undefined;
  const move = async (status: 'restored' | 'closed') => {
    const confirmation =
      status === 'closed' && how && how !== 'none'
        ? { how, ...(how === 'message' && answerId ? { entryId: answerId } : {}) }
        : undefined;
    // What was seen may be older than what has been settled in this dialog.
    const deed = async () => {
      const { version } = await readCase(detail.id);
      return changeCase(detail.id, { status, confirmation, version });
    };
    if (await run(deed, true)) onClose();
  };
  return (
    <FormDialog
      title={t('closing.title')}
      size={520}
      onClose={onClose}
      deed={t('closing.do')}
      busy={busy}
      problem={problem}
      disabled={!data || blockers.length > 0 || how === null || lock.other !== null}
      aside={
        detail.status !== 'restored' && blockers.length === 0 && data ? (
          <Button loading={busy} onClick={() => void move('restored')}>
            {t('closing.ask_instead')}
          </Button>
        ) : null
      }
      onSubmit={() => move('closed')}
    >
      <Deciding lock={lock} />
      {isError ? <Trouble what={t('error.case')} error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <p>{t(blockers.length > 0 ? 'closing.blocked' : 'closing.ready', { name })}</p>
      ) : (
        <p>{t('app.loading')}</p>
      )}
      {blockers.length > 0 ? (
        <ul className={styles.blockers}>
          {blockers.map((blocker) => (
            <BlockerLine key={blocker.id} blocker={blocker} detail={detail} />
          ))}
        </ul>
      ) : null}
      <QuestionLine question={data?.question ?? null} />
      {data && blockers.length === 0 ? (
        <Choices
          legend={t('closing.how')}
          name="how"
          value={how}
          choices={HOWS.map((value) => ({
            value,
            words: t(value === 'none' ? 'closing.how.none' : `agreed.${value}`),
          }))}
          onChange={setHow}
        />
      ) : null}
    </FormDialog>
  );
}
