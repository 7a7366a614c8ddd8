export const RejectsPage = () => null;
