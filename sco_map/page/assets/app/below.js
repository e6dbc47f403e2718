// Made from web/ by make web; sources df3b82f91d97ed46e5492e81096fcde34dc4681a63036a149c5b65a68081b36e
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
