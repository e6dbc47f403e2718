// Made from web/ by make web; sources d2dceeca9c439f3767b73a3470ac545a736695d5339250c6f40ee55f28fbf1e7
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
