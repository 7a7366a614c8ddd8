export const VisitPage = () => null;
