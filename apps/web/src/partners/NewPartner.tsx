import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { PartnerKind, type Language } from '#contracts';
import { newKey } from '../api/requests.js';
import { Choices } from '../app/Choices.js';
import { FormDialog } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { useTimeZone } from '../app/session.js';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { newPartner } from './partner.rules.js';
import { addPartner, partnersQuery } from './partnerRequests.js';

/** Who they are and where to write to them; what is agreed follows. */
export const NewPartner = ({ onClose }: { onClose: () => void }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const timeZone = useTimeZone();
  const [key] = useState(newKey);
  const [name, setName] = useState('');
  const [kind, setKind] = useState<PartnerKind>('lab');
  const [language, setLanguage] = useState<Language>('es');
  const [email, setEmail] = useState('');
  const { run, busy, problem } = useDeed();
  const add = () =>
    run(async () => {
      const given = { name: name.trim(), kind, language, timeZone, email: email.trim() };
      const made = await addPartner(newPartner(given), key);
      await client.invalidateQueries({ queryKey: partnersQuery.queryKey });
      await navigate({ to: '/partners', search: { id: made.id } });
      onClose();
    });
  return (
    <FormDialog
      title={t('partner.new')}
      deed={t('partner.create')}
      busy={busy}
      problem={problem}
      disabled={name.trim() === '' || !/^[^\s@]+@[^\s@]+$/u.test(email.trim())}
      onSubmit={add}
      onClose={onClose}
    >
      <label className={forms.field}>
        <span>{t('partner.name')}</span>
        <input
          value={name}
          maxLength={120}
          data-autofocus
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
      </label>
      <Choices
        legend={t('partner.kind')}
        name="partner-kind"
        value={kind}
        choices={PartnerKind.options.map((value) => ({ value, words: t(`partner.kind.${value}`) }))}
        onChange={setKind}
      />
      <Choices
        legend={t('partner.language')}
        name="partner-language"
        value={language}
        choices={(['es', 'en'] as const).map((value) => ({ value, words: t(`partner.language.${value}`) }))}
        onChange={setLanguage}
      />
      <label className={forms.field}>
        <span>{t('partner.email')}</span>
        <input
          type="email"
          value={email}
          maxLength={254}
          autoComplete="off"
          onChange={({ currentTarget: { value } }) => setEmail(value)}
        />
        <small>{t('partner.new.lead')}</small>
      </label>
    </FormDialog>
  );
};
