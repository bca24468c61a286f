// Imported when an answer has structured rate fields: few do.
export { parseDictionary, parseList } from 'structured-headers';
