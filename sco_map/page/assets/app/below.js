// Made from web/ by make web; sources 0698af0f37a80086a70bd19c8a8514ebf06ba54d91ed48acd925208775fe5265
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
