import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import type { CaseDetail, FormAnswers, Handoff, HandoffPreview } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { Trouble } from '../app/Trouble.js';
import { useCaseFiles } from '../devices/caseFiles.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { DocumentView } from './DocumentView.js';
import { FormQuestion } from './FormQuestion.js';
import { changeHandoff, partnersQuery, previewHandoff, sendHandoff } from './handoffRequests.js';
import { SharedFields } from './SharedFields.js';
import { useHandoffDeed } from './useHandoffDeed.js';
import { useKeepDraft } from './useKeepDraft.js';
import styles from './Handoff.module.css';

interface Props {
  detail: CaseDetail;
  draft: Handoff;
  onClose: () => void;
}
interface Typed {
  ask: string;
  form: FormAnswers;
  /** Undefined: as they were chosen before. */
  attachmentIds?: string[];
}

const SAVE_MS = 400;

/** What they would see of it as it is typed now; it is kept with that. What nobody touched is only looked at. */
const usePreview = (caseId: string, id: string, typed: Typed) => {
  const keep = useKeepDraft(caseId);
  const [begun] = useState(typed);
  const [settled] = useDebouncedValue(typed, SAVE_MS);
  const preview = useQuery({
    queryKey: ['handoff-preview', id, settled],
    queryFn: async (): Promise<HandoffPreview> => {
      if (settled !== begun) keep(await changeHandoff(id, settled));
      return previewHandoff(id);
    },
    enabled: settled.ask.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  return { ...preview, isStale: settled !== typed || preview.isFetching };
};

/** What stops it from being sent, each by its name. */
const Missing = ({ missing, partner }: { missing: HandoffPreview['missing']; partner: string }) => {
  const { t } = useWords();
  return (
    <div role="status">
      {missing.length > 0 ? (
        <p className={styles.missing}>
          <CircleAlert size={15} aria-hidden />
          <span>
            <b>{t('handoff.missing', { count: missing.length, partner })}</b>{' '}
            {missing.map(({ title }) => title).join(', ')}
          </span>
        </p>
      ) : null}
    </div>
  );
};

/** What they ask for, pre-filled from the case; beside it all that they will see, before it is sent. */
export const CompleteHandoff = ({ detail, draft, onClose }: Props) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { run, busy, problem } = useHandoffDeed();
  const files = useCaseFiles(detail.id);
  const partner = useQuery(partnersQuery).data?.items.find(({ id }) => id === draft.partner.id);
  const [typed, setTyped] = useState<Typed>({ ask: draft.ask, form: draft.form });
  const { data: preview, isStale, isError, error, refetch } = usePreview(detail.id, draft.id, typed);
  const { name } = draft.partner;
  const along = typed.attachmentIds ?? preview?.document.files.map(({ id }) => id) ?? [];
  const missing = preview?.missing ?? [];
  const form = partner?.terms.form ?? [];
  const titles = Object.fromEntries(form.map(({ key, title }) => [key, title[language]]));
  const send = async () => {
    const sent = await run(async (key) => {
      await changeHandoff(draft.id, typed);
      return sendHandoff(draft.id, key);
    });
    if (!sent) return;
    notify(t('handoff.sent', { partner: name }));
    onClose();
  };
  const keep = async () => {
    if (await run(() => changeHandoff(draft.id, typed))) onClose();
  };
  return (
    <Form
      deed={t('handoff.send', { partner: name })}
      {...{ busy, problem }}
      disabled={typed.ask.trim() === '' || (missing.length > 0 && !isStale)}
      aside={
        <Button onClick={() => void keep()} type="button" disabled={busy || typed.ask.trim() === ''}>
          {t('handoff.keep')}
        </Button>
      }
      onSubmit={send}
    >
      <div className={styles.sides}>
        <div className={forms.form}>
          <label className={forms.field}>
            <span>{t('handoff.ask')}</span>
            <textarea
              rows={3}
              maxLength={2000}
              value={typed.ask}
              onChange={(event) => setTyped({ ...typed, ask: event.currentTarget.value })}
            />
          </label>
          {form.length > 0 ? <h3 className={styles.part}>{t('handoff.form.of', { partner: name })}</h3> : null}
          {form.map((field) => (
            <FormQuestion
              key={field.key}
              field={field}
              typed={typed.form[field.key]}
              known={preview?.document.form[field.key]}
              isMissing={missing.some(({ key }) => key === field.key)}
              onAnswer={(value) => {
                const { [field.key]: _, ...rest } = typed.form;
                setTyped({ ...typed, form: value === undefined ? rest : { ...rest, [field.key]: value } });
              }}
            />
          ))}
          {files.length > 0 ? (
            <fieldset className={forms.field}>
              <legend>{t('handoff.files.along')}</legend>
              {files.map(({ id, fileName }) => (
                <label key={id} className={forms.check}>
                  <input
                    type="checkbox"
                    checked={along.includes(id)}
                    onChange={({ currentTarget: { checked } }) =>
                      setTyped({
                        ...typed,
                        attachmentIds: checked ? [...along, id] : along.filter((each) => each !== id),
                      })
                    }
                  />
                  <span>{fileName}</span>
                </label>
              ))}
            </fieldset>
          ) : null}
        </div>
        <section className={styles.preview} aria-labelledby="seen-by" aria-busy={isStale}>
          <h3 id="seen-by" className={styles.part}>
            {t('handoff.seen.will', { partner: name })}
          </h3>
          {isError && !preview ? (
            <Trouble what={t('handoff.preview.unread')} error={error} onRetry={() => void refetch()} />
          ) : null}
          {!preview && !isError ? <Bone width="80%" height={14} /> : null}
          {preview ? (
            <>
              <Missing missing={missing} partner={name} />
              <DocumentView document={preview.document} titles={titles} partner={name} />
              <SharedFields preview={preview} partner={name} />
            </>
          ) : null}
        </section>
      </div>
    </Form>
  );
};
