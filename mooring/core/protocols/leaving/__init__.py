"""What has to be there before a patient may leave; a named clinician decides."""
