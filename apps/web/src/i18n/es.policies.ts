/** Políticas: cuánto puede tardar cada cosa, y en qué casos. */
export const esPolicies = {
  'event.policy.reapplied':
    '{author} cambió los plazos a «{name}», versión {version} (iban por «{previousName}», versión {previousVersion})',
  'event.policy.given': '{author} dio plazos al caso: «{name}», versión {version}',
} as const;
