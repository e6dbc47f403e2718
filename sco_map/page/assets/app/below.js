// Made from web/ by make web; sources df1c68f694fac2fb5d0a7d71caa798a9d4dc227fe76d1ea76b6c88605474ad66
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
