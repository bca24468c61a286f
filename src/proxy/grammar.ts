/** How a script is written, for people. */
export const GRAMMAR = `A script names what each attempt meets, with commas between the steps; the last step repeats for ever.
  503x2,ok             a status is a fault; x2: twice, x*: for ever; ok: no fault
  429(retry-after=2)   parameters in brackets; what a status does not know as a parameter is sent as a header
  delay(2s),ok         parameters in their order, or by name: delay(ms=2000); ms unless s or m is written
  status(503, body='{"a": 1}')   JSON and commas in quotes
`;
