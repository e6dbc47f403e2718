// Made from web/ by make web; sources 52461d39b893b2cb195a07c78a851b0cf528098e87ee891d4c3137bed30b787f
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
