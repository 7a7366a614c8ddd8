import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { UNDO_DAYS, type MergeChoices, type Suggestion } from '#contracts';
import { newKey } from '../api/requests.js';
import { Bone } from '../app/Bone.js';
import { Dialog } from '../app/Dialog.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { mergePreviewQuery } from '../merge/mergeRequests.js';
import { MergeSides } from '../merge/MergeSides.js';
import { confirmSuggestion, refreshAfterMerge } from './suggestionRequests.js';

interface Props {
  suggestion: Suggestion;
  onClose: () => void;
}

/** Both records as they would be merged, and whose word stands where they say something else. */
export default function SuggestionDialog({ suggestion, onClose }: Props) {
  const { t } = useWords();
  const client = useQueryClient();
  const { newcomer, known, into } = suggestion;
  const preview = useQuery(mergePreviewQuery(into, into === known.id ? newcomer.id : known.id));
  const key = useRef(newKey());
  const [choices, setChoices] = useState<MergeChoices>({});
  const { run, busy, problem } = useDeed();
  const merge = async () => {
    await run(async () => {
      await confirmSuggestion(suggestion.id, choices, key.current);
      notify(t('suggestion.done', { days: UNDO_DAYS }));
      onClose();
      await refreshAfterMerge(client);
    });
  };
  return (
    <Dialog title={t('suggestion.dialog')} size={760} onClose={onClose}>
      <div className={forms.form}>
        {preview.isError ? (
          <Trouble what={t('merge.preview_failed')} error={preview.error} onRetry={() => void preview.refetch()} />
        ) : null}
        {preview.data ? (
          <MergeSides
            preview={preview.data}
            choices={choices}
            onChoose={(field, side) => setChoices({ ...choices, [field]: side })}
          />
        ) : null}
        {preview.isPending ? <Bone width="100%" height={240} /> : null}
        <p className={forms.lead}>{t('merge.undo_lead', { days: UNDO_DAYS })}</p>
        <p className={forms.problem} role="alert">
          {problem}
        </p>
        <div className={forms.deeds}>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button variant="filled" loading={busy} disabled={!preview.data} onClick={() => void merge()} data-autofocus>
            {t('suggestion.merge')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
