/** Quién está en un caso, quién decide, y los borradores. */
export const esPresence = {
  'presence.viewing': '{name} lo está viendo',
  'presence.writing': '{name} está escribiendo',
  'presence.at_counter': '{name} está en el mostrador con el cliente',
  'presence.more': 'y {count, plural, one {una persona más} other {# personas más}}',
  'presence.typing': 'escribiendo…',
  'presence.writing.lead': 'Antes de enviar verás lo que haya mandado.',
  'deciding.by': '{name} está decidiendo esto',
  'deciding.take_over': 'Decidirlo yo',
  'draft.other': 'Otra versión de este borrador',
  'draft.other.theirs': 'En otro dispositivo tenías escrito esto, que es más antiguo:',
  'draft.other.mine': 'Aquí tenías escrito esto; en otro dispositivo hay algo más reciente:',
  'draft.other.take': 'Usar este texto',
  'draft.other.drop': 'Descartarlo',
} as const;
