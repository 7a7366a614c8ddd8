import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CaseDetail } from '#contracts';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { fromTyped } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { addFact, correctFact, makePromise, withdrawFact } from './requests.js';
import { FactFields, isComplete, type Fields } from './FactFields.js';
import { FACT_KINDS, likelyKind } from './story.rules.js';
import type { StoryDialog } from './storyDialogs.js';
import { useStoryDeed } from './useStoryDeed.js';

interface Props {
  detail: CaseDetail;
  about: Extract<StoryDialog, { name: 'add' | 'correct' }>;
  onClose: () => void;
}

const written = (
  caseId: string,
  entryId: string | undefined,
  { kind, text, due, update }: Fields,
  moment: (typed: string) => string,
) => {
  if (kind !== 'promised') return addFact(caseId, { kind, text: text.trim(), entryId });
  const dueAt = moment(due);
  return makePromise(
    caseId,
    update ? { kind: 'update', dueAt, entryId } : { kind: 'other', text: text.trim(), dueAt, entryId },
  );
};

/** Writes a fact down, corrects one or withdraws it. A promise also says by when. */
export default function FactDialog({ detail, about, onClose }: Props) {
  const { t, intl } = useWords();
  const { run, busy, problem } = useStoryDeed(detail);
  const corrected = about.name === 'correct' ? about.fact : null;
  const suggested = about.name === 'add' ? about.text : '';
  const [fields, setFields] = useState<Fields>({
    kind: corrected?.kind ?? (about.name === 'add' ? about.kind : undefined) ?? likelyKind(suggested),
    text: corrected?.text ?? suggested,
    due: '',
    update: false,
  });
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change });
  const [reason, setReason] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const kinds = corrected ? FACT_KINDS.filter((choice) => choice !== 'promised') : FACT_KINDS;

  const deed = () => {
    if (!corrected)
      return written(detail.id, (about.name === 'add' && about.entryId) || undefined, fields, (typed) =>
        fromTyped(intl, typed),
      );
    if (reason !== null) return withdrawFact(detail.id, corrected.id, reason.trim());
    const kind = fields.kind === 'promised' ? undefined : fields.kind;
    return correctFact(detail.id, corrected.id, { text: fields.text.trim(), kind });
  };
  const save = async () => {
    setTried(true);
    const complete = reason === null ? isComplete(fields) : reason.trim() !== '';
    if (complete && (await run(deed, true))) onClose();
  };

  return (
    <FormDialog
      title={t(corrected ? 'fact.title.correct' : 'fact.title')}
      onClose={onClose}
      deed={t(reason !== null ? 'fact.withdraw' : corrected ? 'fact.correct' : 'fact.save')}
      busy={busy}
      problem={problem}
      aside={
        corrected && reason === null ? (
          <Button
            onClick={() => {
              setTried(false);
              setReason('');
            }}
          >
            {t('fact.withdraw')}
          </Button>
        ) : null
      }
      onSubmit={save}
    >
      {corrected ? <p className={forms.lead}>{t('fact.correct.lead')}</p> : null}
      {reason === null ? (
        <FactFields fields={fields} set={set} kinds={kinds} dated={!corrected} tried={tried} />
      ) : (
        <label className={forms.field}>
          <span>{t('fact.reason')}</span>
          <textarea
            rows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <small role="alert">{tried && reason.trim() === '' ? t('fact.need_reason') : null}</small>
        </label>
      )}
    </FormDialog>
  );
}
