// Made from web/ by make web; sources b6fcd436fb3b8588e7099ec493a35aa5cea1000ef3cc8ae5ba42825d66ccb4b3
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
